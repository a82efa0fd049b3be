"""A small course for the tests: items of two values, two self-checks, one scene."""

from teladan.rulebook.data import Cell, Choice, Course, Echo, Item, Node, Option, Scene, TestSpec

KEYS = "abcd"


def make_item(
    key: str, *, value: str = "BP", level: str = "C1", form: str | None = "A", use: str = "tes", correct: str = "b"
) -> Item:
    options = tuple(Option(key=k, text=f"{key} {k}", correct=k == correct, rationale=f"sebab {k}") for k in KEYS)
    return Item(
        key=key,
        use=use,
        form=form,
        value=value,
        behaviour=f"{value}1" if value != "UM" else None,
        level=level,
        difficulty=0.0,
        stem=f"Soal {key}",
        options=options,
        cites=(),
        key_status="kunci penyusun, belum divalidasi",
    )


def make_items() -> dict[str, Item]:
    items = [make_item(f"bp-{n:03d}", form="AB"[n % 2], level="C1") for n in range(1, 9)]
    items += [make_item("bp-101", form="jangkar"), make_item("bp-102", form="jangkar")]
    items += [make_item(f"um-{n:03d}", value="UM", level="C2", form="AB"[n % 2], correct="d") for n in range(1, 7)]
    items += [make_item(f"bp-cek-{n:02d}", use="cek", form=None) for n in (1, 2)]
    return {item.key: item for item in items}


BLUEPRINT = (Cell(value="BP", level="C1", count=4), Cell(value="UM", level="C2", count=2))
PRE = TestSpec(key="tes-awal", title="Tes Awal", form="A", minutes=30, pass_mark=None, blueprint=BLUEPRINT)
POST = TestSpec(key="tes-akhir", title="Tes Akhir", form="B", minutes=30, pass_mark=70, blueprint=BLUEPRINT)


def make_choice(key: str, goto: str, score: float, *sets: str) -> Choice:
    return Choice(
        key=key,
        text=f"pilih {key}",
        score=score,
        outcome=f"akibat {key}",
        sets=sets,
        goto=goto,
        feedback=f"umpan balik {key}",
        cites=("uu-2009-25#34/a",),
    )


def make_scene(version: int = 1) -> Scene:
    nodes = [
        Node(
            key="pintu",
            text="Di pintu",
            ending=False,
            echoes=(),
            choices=(make_choice("a", "pagi", 0.2, "tanpa-catatan"), make_choice("b", "pagi", 1.0)),
        ),
        Node(
            key="pagi",
            text="Pagi hari",
            ending=False,
            echoes=(Echo(when="tanpa-catatan", text="Tidak ada catatan."),),
            choices=(make_choice("a", "akhir", 0.7), make_choice("b", "pintu", 0.0), make_choice("c", "akhir", 1.0)),
        ),
        Node(
            key="akhir",
            text="Selesai",
            ending=True,
            echoes=(Echo(when="tanpa-catatan", text="Pemeriksa bertanya."),),
            choices=(),
        ),
    ]
    return Scene(
        key="bersalin-pukul-dua",
        version=version,
        title="Pukul dua, tanpa KTP",
        value="BP",
        behaviours=("BP1",),
        job_families=("kesehatan",),
        key_status="kunci penyusun, belum divalidasi",
        page="Pukul dua dini hari.",
        start="pintu",
        nodes={node.key: node for node in nodes},
        debrief="Yang akan dikatakan rekan berpengalaman.",
    )


def make_course(version: str = "2026.1", items: dict[str, Item] | None = None) -> Course:
    scene = make_scene()
    return Course(
        key="berakhlak",
        version=version,
        title="Modul",
        summary="",
        objectives=(),
        chapters=(),
        tests={PRE.key: PRE, POST.key: POST},
        feedback=(),
        job_families={},
        items=make_items() if items is None else items,
        scenes={scene.key: scene},
    )
