"""Models of the law library: regulations and their outlines, glossary, calendars, parameters, core values."""

from datetime import date
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from teladan.rulebook import refs
from teladan.rulebook.faults import PackError
from teladan.rulebook.models.base import Basis, Key, PackModel, Reference, Text

ConfidenceWord = Literal["dibaca", "kedua", "belum dibaca"]
Host = Annotated[str, StringConstraints(pattern=r"^$|^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
Place = Annotated[str, StringConstraints(pattern=r"^\d+[A-Z]?(/\d+)?$|^lampiran(-[ivx]+)?$")]


class RegulationModel(PackModel):
    """One regulation. Its key is `kind-year-number`."""

    kind: Text = Field(description="Jenis, misalnya UU, PP, Perpres, PermenPANRB")
    number: Text | None = Field(description="Nomor; kosong hanya bila peraturannya memang tidak bernomor")
    year: int = Field(ge=1945, le=2100)
    short: Text = Field(description="Sebutan pendek pada rujukan, misalnya UU 25/2009")
    title: Text = Field(description="Judul tanpa nomor dan tahun")
    in_force_from: date | None = Field(default=None, description="Mulai berlaku; kosong bila belum diketahui")
    in_force_to: date | None = Field(default=None, description="Hari terakhir berlaku")
    replaced_by: Reference | None = None
    amended_by: list[Reference] = Field(default_factory=list)
    amends: list[Reference] = Field(default_factory=list)
    status: Literal["berlaku", "diubah", "dicabut"]
    subjects: list[Key] = Field(default_factory=list, description="Pokok bahasan, dari daftar subjects")
    confidence: ConfidenceWord
    summary: Text = Field(description="Ringkasan kami sendiri, satu sampai tiga kalimat")
    note: str = Field(default="", description="Catatan untuk penyusun: apa yang belum pasti")
    jdih: Host = Field(default="", description="Nama host JDIH resmi, tanpa https")

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.status == "dicabut" and not (self.in_force_to or self.replaced_by):
            raise PackError(
                f"{self.short} dinyatakan dicabut tanpa penggantinya.",
                "Isi replaced_by atau in_force_to, atau ubah status.",
            )
        if self.in_force_from and self.in_force_to and self.in_force_to < self.in_force_from:
            raise PackError(f"{self.short} berakhir sebelum mulai berlaku.", "Periksa in_force_from dan in_force_to.")
        if self.status == "diubah" and not self.amended_by:
            raise PackError(f"{self.short} dinyatakan diubah tanpa pengubahnya.", "Isi amended_by, atau ubah status.")
        return self


class RegulationsFile(PackModel):
    """`regulations.yaml`"""

    regulations: dict[str, RegulationModel]
    subjects: dict[Key, Text] = Field(default_factory=dict, description="Pokok bahasan dan sebutannya")


class ArticleModel(PackModel):
    """The outline of one article when more than a sentence has to be said."""

    text: Text
    confidence: ConfidenceWord | None = None
    amended_by: Reference | None = None


class OutlineFile(PackModel):
    """`outlines/<regulation>.yaml`: article -> our own one or two sentences."""

    regulation: Text
    articles: dict[Place, Text | ArticleModel] = Field(min_length=1)


class TermModel(PackModel):
    """One legal term."""

    term: Text
    code_name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")] = Field(description="Nama dalam kode")
    meaning: Text
    basis: list[Reference] = Field(min_length=1)
    abbreviation: str = ""
    confidence: ConfidenceWord


class GlossaryFile(PackModel):
    """`glossary.yaml`"""

    terms: list[TermModel] = Field(min_length=1)


class DecreeModel(PackModel):
    """A decree that names days off."""

    label: Text = Field(description="Nomor dan tanggal, seperti akan dibaca orang")
    announced: date | None = Field(description="Tanggal diumumkan; kosong bila belum diketahui")
    confidence: ConfidenceWord
    note: str = ""


class OffDayModel(PackModel):
    """One day off."""

    day: date
    name: Text
    kind: Literal["libur nasional", "cuti bersama", "libur daerah"]
    decree: Key
    region: Key | None = Field(default=None, description="Hanya berlaku di daerah ini")
    confidence: ConfidenceWord | None = Field(default=None, description="Bila berbeda dari keputusannya")


class CalendarFile(PackModel):
    """`calendars/<year>.yaml`"""

    year: int = Field(ge=2000, le=2100)
    weekend: list[Literal["senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"]] = Field(max_length=6)
    weekend_basis: Reference
    decrees: dict[Key, DecreeModel]
    days: list[OffDayModel]


class DatedModel(PackModel):
    """A value from a day on; null means the rule is gone from that day."""

    valid_from: date
    value: int | float | bool | Text | None
    basis: Basis
    confidence: ConfidenceWord | Literal["kebijakan"]
    note: str = ""

    @model_validator(mode="after")
    def _policy_is_said(self) -> Self:
        if (self.basis == refs.POLICY) != (self.confidence == "kebijakan"):
            raise PackError(
                f"Dasar {self.basis!r} tidak cocok dengan tingkat keyakinan {self.confidence!r}.",
                f"Dasar {refs.POLICY!r} hanya dan selalu dipasangkan dengan confidence: kebijakan.",
            )
        if self.confidence == "kebijakan" and not self.note:
            raise PackError("Kebijakan tanpa alasan.", "Jelaskan pada note mengapa angka ini dipilih.")
        return self


class ParameterModel(PackModel):
    """A named value with its history, oldest first."""

    title: Text
    unit: Text
    nature: Literal["hukum", "praktik", "kebijakan"]
    history: list[DatedModel] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        days = [dated.valid_from for dated in self.history]
        if any(later <= earlier for earlier, later in pairwise(days)):
            raise PackError("Riwayat nilai tidak urut menurut tanggal.", "Urutkan valid_from dari yang paling lama.")
        return self


class ParametersFile(PackModel):
    """`parameters/**/*.yaml`"""

    parameters: dict[Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]+$")], ParameterModel] = Field(min_length=1)


class ValueTextModel(PackModel):
    """A core value in the words of one source."""

    basis: Reference
    confidence: ConfidenceWord
    meaning: Text
    behaviours: list[Text] = Field(min_length=3, max_length=3)


class CoreValueModel(PackModel):
    """A core value of ASN."""

    name: Text
    versions: dict[str, ValueTextModel] = Field(min_length=1)


class ValuesFile(PackModel):
    """`values.yaml`"""

    shown: Text = Field(description="Peraturan yang rumusannya ditampilkan")
    values: dict[Literal["BP", "AK", "KO", "HA", "LO", "AD", "KL"], CoreValueModel] = Field(min_length=7)

    @model_validator(mode="after")
    def _shown_exists(self) -> Self:
        for code, value in self.values.items():
            if self.shown not in value.versions:
                raise PackError(
                    f"Nilai {code} tidak punya rumusan dari {self.shown}.",
                    f"Tambahkan versions: {self.shown}, atau ubah shown.",
                )
        return self
