"""What makes a scene playable: every path from the start ends, and nothing is remembered that was never set."""

from collections.abc import Iterator

from teladan.rulebook.models.course import NodeModel, SceneFile
from teladan.rulebook.source import Source


def check_scene(scene: SceneFile, source: Source) -> None:
    """Note every fault of the scene's graph."""
    if source.path.stem != scene.key:
        source.fault_at(("key",), f"Kunci adegan {scene.key!r} berbeda dari nama berkasnya.", "Samakan keduanya.")
    for behaviour in scene.behaviours:
        if behaviour[:2] != scene.value:
            source.fault_at(
                ("behaviours",),
                f"Perilaku {behaviour} bukan milik nilai {scene.value}.",
                "Pilih perilaku dari nilai itu.",
            )
    if scene.start not in scene.nodes:
        source.fault_at(("start",), f"Simpul awal {scene.start!r} tidak ada.", "Pilih salah satu simpul pada nodes.")
        return
    dangling = list(_dangling(scene))
    for loc, goto in dangling:
        source.fault_at(loc, f"Pilihan menuju simpul {goto!r} yang tidak ada.", "Tulis simpulnya, atau perbaiki goto.")
    if dangling:
        return
    order = _order(scene)
    if isinstance(order, str):
        source.fault_at(
            ("nodes", order),
            f"Alur kembali ke simpul {order!r}; adegan tidak boleh berputar.",
            "Arahkan goto ke simpul yang belum dilewati.",
        )
        return
    for key in scene.nodes.keys() - set(order):
        source.fault_at(
            ("nodes", key), f"Simpul {key!r} tidak dapat dicapai dari awal.", "Arahkan sebuah goto ke sana, atau hapus."
        )
    _check_flags(scene, order, source)


def _dangling(scene: SceneFile) -> Iterator[tuple[tuple[int | str, ...], str]]:
    for key, node in scene.nodes.items():
        for number, choice in enumerate(node.choices):
            if choice.goto not in scene.nodes:
                yield ("nodes", key, "choices", number, "goto"), choice.goto


def _order(scene: SceneFile) -> list[str] | str:
    """The reachable nodes, each after all that lead to it; or the name of a node that leads back to itself."""
    done: list[str] = []
    on_path: set[str] = set()

    def visit(key: str) -> str | None:
        if key in on_path:
            return key
        if key in done:
            return None
        on_path.add(key)
        for choice in scene.nodes[key].choices:
            if loop := visit(choice.goto):
                return loop
        on_path.discard(key)
        done.append(key)
        return None

    return visit(scene.start) or done[::-1]


def _check_flags(scene: SceneFile, order: list[str], source: Source) -> None:
    may_be_set: dict[str, set[str]] = {key: set() for key in order}
    for key in order:
        for choice in scene.nodes[key].choices:
            may_be_set[choice.goto] |= may_be_set[key] | set(choice.sets)
    heard: set[str] = set()
    for key in order:
        for number, echo in enumerate(scene.nodes[key].echoes):
            heard.add(echo.when)
            if echo.when not in may_be_set[key]:
                source.fault_at(
                    ("nodes", key, "echoes", number, "when"),
                    f"Gema menunggu tanda {echo.when!r} yang tidak disetel pilihan mana pun sebelum simpul ini.",
                    "Setel tanda itu dengan sets pada pilihan sebelumnya, atau perbaiki ejaannya.",
                )
    for key, node in scene.nodes.items():
        _warn_unheard(key, node, heard, source)


def _warn_unheard(key: str, node: NodeModel, heard: set[str], source: Source) -> None:
    for number, choice in enumerate(node.choices):
        for flag in choice.sets:
            if flag not in heard:
                source.fault_at(
                    ("nodes", key, "choices", number, "sets"),
                    f"Tanda {flag!r} disetel, tetapi tidak ada gema yang memakainya.",
                    "Tulis gemanya pada simpul sesudahnya, atau hapus tandanya.",
                    warning=True,
                )
