"""Models of a course pack, as `docs/guides/menulis-materi.md` describes it."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from teladan.rulebook.faults import PackError
from teladan.rulebook.models.base import Key, PackModel, Reference, Text

ValueCode = Literal["BP", "AK", "KO", "HA", "LO", "AD", "KL"]
ItemValue = ValueCode | Literal["UM"]
Behaviour = Annotated[str, StringConstraints(pattern=r"^(BP|AK|KO|HA|LO|AD|KL)[123]$")]
Level = Literal["C1", "C2", "C3", "C4", "C5"]
OptionKey = Annotated[str, StringConstraints(pattern=r"^[a-e]$")]
PageKind = Literal[
    "kejadian", "materi", "banding", "kasus", "adegan", "refleksi", "lembar-kerja", "komitmen", "selesai"
]


Version = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)*$", max_length=20)]


class JpBasisModel(PackModel):
    """What the learning hours rest on."""

    ref: Reference
    confidence: Literal["dibaca", "kedua", "belum dibaca"]
    note: str = ""


class ChapterEntry(PackModel):
    """A chapter in `course.yaml`: with a folder, or announced with `planned`."""

    key: Key
    title: Text
    value: ValueCode | None
    folder: Key | None = None
    jp: int = Field(default=0, ge=0, le=40)
    planned: date | None = Field(default=None, description="Kapan dibuka, bila belum ada isinya")

    @model_validator(mode="after")
    def _is_open_or_planned(self) -> Self:
        if (self.folder is None) == (self.planned is None):
            raise PackError(
                f"Materi {self.key!r} harus punya folder (sudah ada) atau planned (menyusul), salah satu saja.",
                "Isi folder dengan nama folder di chapters/, atau planned dengan tanggal rencana dibuka.",
            )
        return self


class CellModel(PackModel):
    """One cell of a blueprint."""

    value: ItemValue
    level: Level
    count: int = Field(ge=1, le=100)
    anchors: int | None = Field(
        default=None, ge=0, le=100, description="Berapa di antaranya soal jangkar; kosong: sebanyak yang ada"
    )

    @model_validator(mode="after")
    def _anchors_fit(self) -> Self:
        if self.anchors is not None and self.anchors > self.count:
            raise PackError("anchors lebih besar daripada count.", "Kurangi anchors, atau tambah count.")
        return self


class TestModel(PackModel):
    """A test of the course."""

    __test__ = False

    title: Text
    form: Literal["A", "B"]
    minutes: int = Field(ge=1, le=240)
    pass_mark: int | None = Field(default=None, alias="pass", ge=1, le=100, description="Nilai lulus dalam persen")
    pass_basis: str = Field(default="", description="Siapa yang menetapkan nilai lulus")
    blueprint: list[CellModel] = Field(min_length=1)

    @model_validator(mode="after")
    def _cells_differ(self) -> Self:
        cells = [(cell.value, cell.level) for cell in self.blueprint]
        if len(set(cells)) != len(cells):
            raise PackError(
                "Kisi-kisi memuat sel yang sama dua kali.", "Gabungkan sel dengan nilai dan jenjang yang sama."
            )
        return self


class FeedbackItemModel(PackModel):
    """A question about the course."""

    key: Key
    text: Text
    kind: Literal["skala5", "teks"]


class FeedbackModel(PackModel):
    """The questions asked after the course."""

    items: list[FeedbackItemModel]

    @model_validator(mode="after")
    def _keys_differ(self) -> Self:
        keys = [item.key for item in self.items]
        if len(set(keys)) != len(keys):
            raise PackError(
                "Dua pertanyaan umpan balik memakai kunci yang sama.", "Beri setiap pertanyaan kunci sendiri."
            )
        return self


class CourseFile(PackModel):
    """`course.yaml`"""

    key: Key
    version: Version
    title: Text
    summary: Text
    jp_basis: JpBasisModel | None = None
    objectives: list[Text] = Field(min_length=1)
    chapters: list[ChapterEntry] = Field(min_length=1)
    tests: dict[Key, TestModel] = Field(default_factory=dict)
    feedback: FeedbackModel = Field(default_factory=lambda: FeedbackModel(items=[]))
    job_families: dict[Key, Text] = Field(default_factory=dict)


class ChapterFront(PackModel):
    """Front matter of a chapter's `index.md`."""

    title: Text
    value: ValueCode | None
    summary: Text
    minutes: int = Field(ge=1, le=600)
    objectives: list[Text] = Field(min_length=1)


class PageFront(PackModel):
    """Front matter of a page."""

    title: Text
    kind: PageKind
    minutes: int = Field(ge=1, le=120)
    behaviours: list[Behaviour]


class OptionModel(PackModel):
    """One answer of an item."""

    key: OptionKey
    text: Text
    correct: bool = False
    rationale: Text


class ItemModel(PackModel):
    """A test item or a self-check."""

    key: Key
    use: Literal["tes", "cek"]
    form: Literal["A", "B", "jangkar"] | None = None
    value: ItemValue
    behaviour: Behaviour | None = None
    level: Level
    difficulty: float = Field(default=0.0, ge=-4, le=4)
    stem: Text
    options: list[OptionModel] = Field(min_length=3, max_length=5)
    cites: list[Reference] = Field(default_factory=list)

    @model_validator(mode="after")
    def _is_answerable(self) -> Self:
        where = f"Soal {self.key}"
        correct = sum(option.correct for option in self.options)
        if correct != 1:
            raise PackError(
                f"{where} punya {correct} jawaban benar; harus tepat satu.",
                "Tandai tepat satu pilihan dengan correct: true.",
            )
        if len({option.key for option in self.options}) != len(self.options):
            raise PackError(
                f"{where} punya dua pilihan dengan huruf yang sama.", "Beri huruf a, b, c, d secara berurutan."
            )
        if len({option.text.casefold() for option in self.options}) != len(self.options):
            raise PackError(f"{where} punya dua pilihan dengan bunyi yang sama.", "Ubah bunyi salah satunya.")
        return self

    @model_validator(mode="after")
    def _fits_its_use(self) -> Self:
        where = f"Soal {self.key}"
        if (self.use == "tes") != (self.form is not None):
            raise PackError(
                f"{where} berguna untuk {self.use}, tetapi form berisi {self.form!r}.",
                "Soal tes wajib punya form A, B, atau jangkar; soal cek tidak boleh punya form.",
            )
        if (self.value == "UM") != (self.behaviour is None) or (self.behaviour and self.behaviour[:2] != self.value):
            raise PackError(
                f"{where} bernilai {self.value}, tetapi perilakunya {self.behaviour!r}.",
                "Perilaku harus milik nilai yang sama (BP1 sampai BP3 untuk BP); untuk UM kosongkan behaviour.",
            )
        return self


class ItemsFile(PackModel):
    """`items/*.yaml`"""

    key_status: Text
    items: list[ItemModel] = Field(min_length=1)


class EchoModel(PackModel):
    """A late consequence."""

    when: Key
    text: Text


class ChoiceModel(PackModel):
    """What one can do at a node."""

    key: OptionKey
    text: Text
    score: float = Field(ge=0, le=1)
    outcome: Text
    sets: list[Key] = Field(default_factory=list)
    goto: Key
    feedback: Text
    cites: list[Reference] = Field(default_factory=list)


class NodeModel(PackModel):
    """A step of a scene."""

    text: Text
    ending: bool = False
    echoes: list[EchoModel] = Field(default_factory=list)
    choices: list[ChoiceModel] = Field(default_factory=list, max_length=5)

    @model_validator(mode="after")
    def _ends_or_goes_on(self) -> Self:
        if self.ending and self.choices:
            raise PackError("Simpul akhir masih punya pilihan.", "Hapus choices, atau hapus ending: true.")
        if not self.ending and not self.choices:
            raise PackError(
                "Simpul ini buntu: tidak punya pilihan dan bukan akhir.", "Tambahkan choices, atau ending: true."
            )
        if not self.ending and len(self.choices) < 3:
            raise PackError("Simpul ini punya kurang dari tiga pilihan.", "Tulis tiga sampai lima pilihan.")
        if len({choice.key for choice in self.choices}) != len(self.choices):
            raise PackError(
                "Dua pilihan pada simpul ini memakai huruf yang sama.", "Beri huruf a, b, c secara berurutan."
            )
        return self


class SceneFile(PackModel):
    """`scenes/<key>.yaml`"""

    key: Key
    version: int = Field(ge=1)
    title: Text
    value: ValueCode
    behaviours: list[Behaviour] = Field(min_length=1)
    job_families: list[Key] = Field(min_length=1)
    key_status: Text
    page: Text = Field(description="Latar, ditampilkan di atas setiap langkah")
    start: Key
    nodes: dict[Key, NodeModel] = Field(min_length=2)
    debrief: Text
