"""Four drawings from a list of (label, note): `alur` (flow), `siklus` (cycle), `lapis` (layers, the first outermost)
and `tangga` (steps up). Each comes twice, narrow for a phone and wide for a page; CSS shows the one that fits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin

from django.utils.safestring import SafeString

from teladan.web.ui.charts import picture, value_class
from teladan.web.ui.measure import wrap
from teladan.web.ui.svg import el

NARROW, WIDE = 328.0, 720.0
LABEL, NOTE = 15.0, 14.0  # sizes of the letters; drawn at 360 px they stay above 12
LABEL_LINE, NOTE_LINE = 20.0, 19.5
BADGE = 34.0

Step = tuple[str, str]
Part = SafeString


@dataclass(frozen=True, kw_only=True)
class Diagram:
    """Two drawings of the same steps, and the steps themselves for the list beside them."""

    kind: str
    title: str
    narrow: SafeString
    wide: SafeString
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class _Text:
    """A label above its note, both wrapped to `width`."""

    labels: tuple[str, ...]
    notes: tuple[str, ...]
    width: float

    @property
    def height(self) -> float:
        return len(self.labels) * LABEL_LINE + len(self.notes) * NOTE_LINE + (3 if self.notes else 0)

    def draw(self, x: float, y: float, *, anchor: str = "", inverted: bool = False) -> list[Part]:
        """The lines from the top edge `y`; `x` is where `anchor` ("", "t-tengah", "t-akhir") ties them."""
        tone = ("t-balik", "t-balik") if inverted else ("t-tebal", "t-redup")
        parts = [
            el("text", line, x=x, y=y + 15 + n * LABEL_LINE, cls=f"{tone[0]} t-label {anchor}".strip())
            for n, line in enumerate(self.labels)
        ]
        top = y + len(self.labels) * LABEL_LINE + 3 + 14
        return parts + [
            el("text", line, x=x, y=top + n * NOTE_LINE, cls=f"{tone[1]} {anchor}".strip())
            for n, line in enumerate(self.notes)
        ]


def draw(kind: str, steps: Sequence[Step], *, title: str, value: str = "") -> Diagram:
    """The drawing `kind` of `steps`, in the colour of a core value. KeyError: no such kind."""
    narrow, wide = KINDS[kind]
    described = "; ".join(f"{n}. {label}{f': {note}' if note else ''}" for n, (label, note) in enumerate(steps, 1))
    css = value_class(value)

    def one(layout: Callable[[Sequence[Step]], tuple[list[Part], float]], width: float, name: str) -> SafeString:
        parts, height = layout(steps)
        return picture(title, described + ".", parts, width=width, height=height, cls=f"{name} {css}".strip())

    return Diagram(
        kind=kind, title=title, narrow=one(narrow, NARROW, "sempit"), wide=one(wide, WIDE, "lebar"), steps=tuple(steps)
    )


def _text(step: Step, width: float) -> _Text:
    label, note = step
    return _Text(wrap(label, width, LABEL, bold=True), wrap(note, width, NOTE), width)


def _badge(number: int, x: float, y: float) -> list[Part]:
    """A numbered leaf, the petal of the mark, with its top left corner at (x, y)."""
    b, r = BADGE, BADGE * 0.62
    arc = f"a{r:.1f} {r:.1f} 0 0 1"
    leaf = f"M{x:.1f} {y:.1f}h{b - r:.1f}{arc} {r:.1f} {r:.1f}v{b - r:.1f}h-{b - r:.1f}{arc} -{r:.1f} -{r:.1f}z"
    return [
        el("path", d=leaf, cls="g-isi"),
        el("text", str(number), x=x + b / 2, y=y + b / 2 + 5.5, cls="t-balik t-tengah t-label"),
    ]


def _arrow(*points: tuple[float, float]) -> list[Part]:
    """A line through `points` ending in a head."""
    (x1, y1), (x2, y2) = points[-2:]
    length = max(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5, 0.1)
    dx, dy = (x2 - x1) / length * 6, (y2 - y1) / length * 6
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    head = f"M{x2 - dx - dy:.1f} {y2 - dy + dx:.1f}L{x2:.1f} {y2:.1f}L{x2 - dx + dy:.1f} {y2 - dy - dx:.1f}"
    return [el("path", d=path + head, cls="g-garis")]


def _box(x: float, y: float, width: float, height: float, cls: str = "g-muda") -> Part:
    return el("rect", x=x, y=y, width=width, height=height, rx=14, cls=cls)


def _cards(steps: Sequence[Step], left: float, gap: float) -> tuple[list[Part], list[tuple[float, float]]]:
    """Numbered cards below each other from `left` to the right edge: the parts, and each card's (top, bottom)."""
    parts, edges, y = list[Part](), list[tuple[float, float]](), 0.0
    for number, step in enumerate(steps, 1):
        text = _text(step, NARROW - left - BADGE - 40)
        height = max(text.height, BADGE) + 26
        parts += [_box(left, y, NARROW - left, height), *_badge(number, left + 13, y + 13)]
        parts += text.draw(left + BADGE + 26, y + 13 + max((BADGE - text.height) / 2, 0))
        edges.append((y, y + height))
        y += height + gap
    return parts, edges


def _flow_narrow(steps: Sequence[Step]) -> tuple[list[Part], float]:
    parts, edges = _cards(steps, 0, 26)
    for (_top, bottom), (below, _bottom) in pairwise(edges):
        parts += _arrow((30, bottom + 4), (30, below - 4))
    return parts, edges[-1][1]


def _flow_wide(steps: Sequence[Step]) -> tuple[list[Part], float]:
    count = len(steps)
    columns = count if count <= 4 else min(4, (count + 1) // 2)
    gap = 34.0
    width = (WIDE - gap * (columns - 1)) / columns
    texts = [_text(step, width - 30) for step in steps]
    parts, y = list[Part](), 0.0
    for start in range(0, count, columns):
        row = texts[start : start + columns]
        height = max(t.height for t in row) + BADGE + 42
        for index, text in enumerate(row):
            x = index * (width + gap)
            parts += [_box(x, y, width, height), *_badge(start + index + 1, x + 15, y + 15)]
            parts += text.draw(x + 15, y + BADGE + 26)
            if index:
                parts += _arrow((x - gap + 5, y + 32), (x - 5, y + 32))
        if start + columns < count:
            last, turn = (columns - 1) * (width + gap) + width / 2, y + height + 18
            parts += _arrow((last, y + height + 4), (last, turn), (32, turn), (32, y + height + 32))
        y += height + 36
    return parts, y - 36


def _cycle_narrow(steps: Sequence[Step]) -> tuple[list[Part], float]:
    left = 26.0
    parts, edges = _cards(steps, left, 26)
    for (_top, bottom), (below, _bottom) in pairwise(edges):
        parts += _arrow((left + 30, bottom + 4), (left + 30, below - 4))
    first, last = edges[0][0] + 30, edges[-1][0] + 30
    back = f"M{left:.0f} {last:.1f}H17a11 11 0 0 1 -11 -11V{first + 11:.1f}a11 11 0 0 1 11 -11"
    parts += [el("path", d=back, cls="g-garis"), *_arrow((17, first), (left - 4, first))]
    return parts, edges[-1][1]


def _cycle_wide(steps: Sequence[Step]) -> tuple[list[Part], float]:
    """A ring of leaves; each text stands outside its leaf, left or right, pushed apart where two would touch."""
    count, radius, cx = len(steps), 118.0, WIDE / 2
    spots = [(cx + radius * sin(2 * pi * i / count), -radius * cos(2 * pi * i / count)) for i in range(count)]
    texts = [_text(step, 400 if abs(x - cx) < 20 else 190) for step, (x, _y) in zip(steps, spots, strict=True)]
    tops = _cycle_tops(spots, texts, cx)
    low = min([*tops, -radius - BADGE / 2]) - 4
    high = max([top + t.height for top, t in zip(tops, texts, strict=True)] + [radius + BADGE / 2]) + 4
    parts = [
        el("circle", cx=cx, cy=-low, r=radius, cls="g-muda"),
        el("circle", cx=cx, cy=-low, r=radius - 26, cls="g-lembar"),
    ]
    for i in range(count):
        middle = 2 * pi * (i + 0.5) / count
        x, y = cx + radius * sin(middle), -low - radius * cos(middle)
        dx, dy = cos(middle), sin(middle)
        parts += _arrow((x - dx * 6, y - dy * 6), (x + dx * 6, y + dy * 6))
    for number, ((x, y), text, top) in enumerate(zip(spots, texts, tops, strict=True), 1):
        parts += _badge(number, x - BADGE / 2, y - low - BADGE / 2)
        side = 0 if abs(x - cx) < 20 else 1 if x > cx else -1
        anchor = {0: "t-tengah", 1: "", -1: "t-akhir"}[side]
        parts += text.draw(x + side * (BADGE / 2 + 14), top - low, anchor=anchor)
    return parts, high - low


def _cycle_tops(spots: Sequence[tuple[float, float]], texts: Sequence[_Text], cx: float) -> list[float]:
    """The top edge of every text: beside its leaf, above the topmost, below the lowest, never over its neighbour."""
    tops = [y - text.height / 2 for (_x, y), text in zip(spots, texts, strict=True)]
    for side in (-1, 1):
        column = sorted((i for i, (x, _y) in enumerate(spots) if (x - cx) * side >= 20), key=lambda i: spots[i][1])
        for above, below in pairwise(column):
            tops[below] = max(tops[below], tops[above] + texts[above].height + 16)
    for i, (x, y) in enumerate(spots):
        if abs(x - cx) < 20:
            tops[i] = y - BADGE / 2 - 12 - texts[i].height if y < 0 else y + BADGE / 2 + 10
    return tops


def _layers_narrow(steps: Sequence[Step]) -> tuple[list[Part], float]:
    inset = 11.0
    texts = [_text(step, NARROW - 2 * inset * n - 34) for n, step in enumerate(steps)]
    height = sum(t.height + 26 for t in texts) + inset * (len(steps) - 1)
    parts, y, tall = list[Part](), 0.0, height
    for n, text in enumerate(texts):
        core = n == len(texts) - 1
        parts.append(_box(inset * n + 1, y + 1, NARROW - 2 * inset * n - 2, tall - 2, "g-isi" if core else "g-kedua"))
        parts += text.draw(inset * n + 17, y + 13, inverted=core)
        y += text.height + 26
        tall -= text.height + 26 + inset
    return parts, height


def _layers_wide(steps: Sequence[Step]) -> tuple[list[Part], float]:
    """Circles that share their lowest point; a line leads from each visible crescent to its text."""
    count = len(steps)
    guess = [_text(step, 330) for step in steps]
    across = min(max(250.0, count * (max(t.height for t in guess) + 16)), 380.0)
    room = WIDE - across - 64
    texts = [_text(step, room) for step in steps]
    pitch = max(across / count, max(t.height for t in texts) + 14)
    height = max(across, pitch * count)
    lift = (height - across) / 2
    parts = list[Part]()
    for n in range(count):
        r = across / 2 * (count - n) / count
        parts.append(
            el("circle", cx=across / 2, cy=lift + across - r, r=r - 1, cls="g-isi" if n == count - 1 else "g-kedua")
        )
    for n, text in enumerate(texts):
        y = lift + across * (n + 0.5) / count
        target = pitch * (n + 0.5) + (height - pitch * count) / 2
        line = f"M{across / 2:.1f} {y:.1f}H{across + 14:.1f}L{across + 34:.1f} {target:.1f}h14"
        parts.append(el("path", d=line, cls="g-penunjuk"))
        parts.append(el("circle", cx=across / 2, cy=y, r=4.0, cls="g-lembar" if n == count - 1 else "g-isi"))
        parts += text.draw(across + 58, target - text.height / 2)
    return parts, height


def _stairs_narrow(steps: Sequence[Step]) -> tuple[list[Part], float]:
    """The highest step on top, each lower one reaching further left."""
    parts, y, count = list[Part](), 0.0, len(steps)
    shift = min(16.0, 72 / max(count - 1, 1))
    for n in range(count - 1, -1, -1):
        left = shift * n
        text = _text(steps[n], NARROW - left - BADGE - 40)
        height = max(text.height, BADGE) + 26
        parts += [_box(left, y, NARROW - left, height), *_badge(n + 1, left + 13, y + 13)]
        parts += text.draw(left + BADGE + 26, y + 13 + max((BADGE - text.height) / 2, 0))
        y += height + 6
    return parts, y - 6


def _stairs_wide(steps: Sequence[Step]) -> tuple[list[Part], float]:
    count = len(steps)
    gap, rise = 8.0, 36.0
    width = (WIDE - gap * (count - 1)) / count
    texts = [_text(step, width - 24) for step in steps]
    tops = [(count - 1 - n) * rise for n in range(count)]
    height = max(top + text.height + BADGE + 44 for top, text in zip(tops, texts, strict=True))
    parts = list[Part]()
    for n, text in enumerate(texts):
        x, y = n * (width + gap), tops[n]
        parts += [_box(x, y, width, height - y), el("rect", x=x, y=y, width=width, height=6.0, rx=3, cls="g-isi")]
        parts += _badge(n + 1, x + 12, y + 18)
        parts += text.draw(x + 12, y + BADGE + 30)
    return parts, height


Layout = Callable[[Sequence[Step]], tuple[list[Part], float]]
KINDS: dict[str, tuple[Layout, Layout]] = {
    "alur": (_flow_narrow, _flow_wide),
    "siklus": (_cycle_narrow, _cycle_wide),
    "lapis": (_layers_narrow, _layers_wide),
    "tangga": (_stairs_narrow, _stairs_wide),
}
