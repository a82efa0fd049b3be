"""Charts as SVG with the same figures as a table. Colours come from CSS classes, so dark mode and print are free.

Bars and columns are placed in percent of the width and text in pixels: a phone and a wide screen get the same readable
letters. `Chart` goes to the component `<c-chart :chart="chart" />`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import md5
from math import cos, pi, sin

from django.utils.safestring import SafeString

from teladan.web.ui.formats import number_text
from teladan.web.ui.measure import text_width, wrap
from teladan.web.ui.svg import camel, el

Point = tuple[float, float]
LABEL = 14.0  # size of the letters, pixels
RADAR_LABEL = 15.0  # larger, because a radar shrinks with its place
LINE = 19.0
NARROWEST = 236.0  # room for a label and its number on a phone of 320 px


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A drawing and its figures. `legend` holds (shape class, text)."""

    kind: str
    title: str
    svg: SafeString
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    legend: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar. `amount` None is "not shown" (too few, not measured); `note` then says why. `value` is BP..KL or ""."""

    label: str
    amount: float | None
    value: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Before and after, on the same scale; None where there is no figure."""

    label: str
    before: float | None
    after: float | None
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class Axis:
    """One axis of a radar: value code BP..KL and its name."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Series:
    """One line of a radar; `amounts` in the order of the axes, None where there is no figure."""

    label: str
    amounts: tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True)
class Bin:
    """One column of a distribution: full label for the table, a short one below the column."""

    label: str
    count: int
    short: str = ""


def bars(title: str, items: Sequence[Bar], *, columns: tuple[str, str], maximum: float = 100, unit: str = "") -> Chart:
    """Horizontal bars from 0 to `maximum`. `columns` are the table's headings."""
    parts, y = list[SafeString](), 0.0
    for item in items:
        text = _amount(item.amount, unit, item.note)
        y = _label(parts, item.label, text, y)
        parts.append(_track(y, 10))
        if item.amount is not None:
            parts.append(_bar(y, 10, item.amount / maximum, f"g-isi {value_class(item.value)}"))
        y += 10 + 18
    rows = tuple((item.label, _amount(item.amount, unit, item.note)) for item in items)
    return Chart(kind="batang", title=title, svg=_fluid(title, rows, parts, y - 18), columns=columns, rows=rows)


def pre_post(
    title: str, items: Sequence[Pair], *, columns: tuple[str, str, str, str], maximum: float = 100, unit: str = ""
) -> Chart:
    """Pairs of bars, before (hollow) and after (filled). `columns`: subject, before, after, difference."""
    parts, rows, y = list[SafeString](), list[tuple[str, ...]](), 0.0
    for item in items:
        before, after = _amount(item.before, unit), _amount(item.after, unit)
        difference = "–"
        if item.before is not None and item.after is not None:
            change = item.after - item.before
            difference = ("+" if change > 0 else "") + number_text(change)
        y = _label(parts, item.label, f"{before} → {after}", y)
        css = value_class(item.value)
        parts.append(_track(y, 22))
        for offset, height, amount, fill in ((0, 9, item.before, "g-kedua"), (11, 11, item.after, "g-isi")):
            if amount is not None:
                parts.append(_bar(y + offset, height, amount / maximum, f"{fill} {css}"))
        y += 22 + 20
        rows.append((item.label, before, after, difference))
    return Chart(
        kind="pasangan",
        title=title,
        svg=_fluid(title, rows, parts, y - 20),
        columns=columns,
        rows=tuple(rows),
        legend=(("g-kedua", columns[1]), ("g-isi", columns[2])),
    )


def distribution(
    title: str, bins: Sequence[Bin], *, columns: tuple[str, str], mark: tuple[int, str] | None = None, value: str = ""
) -> Chart:
    """Columns of counts. `mark` = (index of the first column at or above a limit, its label) draws that limit."""
    top, height, step = 26.0, 150.0, 100 / max(len(bins), 1)
    most = max((b.count for b in bins), default=0) or 1
    parts = [el("line", x1=0, x2="100%", y1=top + height, y2=top + height, cls="g-jaring")]
    for index, item in enumerate(bins):
        middle, tall = f"{(index + 0.5) * step:.2f}%", height * item.count / most
        fill = "g-kedua" if mark is not None and index < mark[0] else "g-isi"
        if item.count:
            place = {"x": f"{(index + 0.1) * step:.2f}%", "width": f"{0.8 * step:.2f}%"}
            y = top + height - tall
            parts.append(el("rect", **place, y=y, height=tall, rx=4, cls=f"{fill} {value_class(value)}".strip()))
        parts.append(el("text", number_text(item.count), x=middle, y=top + height - tall - 6, cls="t-tengah t-tebal"))
        parts.append(
            el("text", item.short or item.label, x=middle, y=top + height + 18, cls="t-tengah t-redup t-kecil")
        )
    if mark is not None:
        x = f"{mark[0] * step:.2f}%"
        parts.append(el("line", x1=x, x2=x, y1=6, y2=top + height + 4, cls="g-putus"))
    rows = tuple((item.label, number_text(item.count)) for item in bins)
    legend = (("g-putus", mark[1]),) if mark else ()
    drawn = _fluid(title, rows, parts, top + height + 24)
    return Chart(kind="sebaran", title=title, svg=drawn, columns=columns, rows=rows, legend=legend)


def radar(
    title: str, axes: Sequence[Axis], series: Sequence[Series], *, first_column: str, maximum: float = 100
) -> Chart:
    """A radar with one area (the first series) and dashed lines (the others). Missing figures leave it open."""
    size, radius = 316.0, 66.0
    wheel = _Wheel(158.0, 116.0, len(axes))
    parts = [el("polygon", points=_points(wheel.ring(radius * part)), cls="g-jaring") for part in (1 / 3, 2 / 3, 1)]
    for index, axis in enumerate(axes):
        x, y = wheel.at(radius, index)
        parts.append(el("line", x1=wheel.cx, y1=wheel.cy, x2=x, y2=y, cls="g-jaring"))
        parts += _axis_label(wheel, radius + 11, index, axis.label)
    for number, line in enumerate(series):
        points = [None if a is None else wheel.at(radius * a / maximum, i) for i, a in enumerate(line.amounts)]
        shape = "g-luas" if number == 0 else "g-putus"
        for run, closed in _runs(points):
            css = shape if closed else f"{shape} g-terbuka"
            parts.append(el("polygon" if closed else "polyline", points=_points(run), cls=css))
        if number == 0:
            dots = [(axis, point) for axis, point in zip(axes, points, strict=True) if point]
            parts += [el("circle", cx=p[0], cy=p[1], r=5, cls=f"g-isi {value_class(axis.value)}") for axis, p in dots]
    rows = tuple((axis.label, *(_amount(line.amounts[i], "") for line in series)) for i, axis in enumerate(axes))
    return Chart(
        kind="radar",
        title=title,
        svg=picture(title, describe(rows), parts, width=size, height=214),
        columns=(first_column, *(line.label for line in series)),
        rows=rows,
        legend=tuple(("g-luas" if i == 0 else "g-putus", line.label) for i, line in enumerate(series)),
    )


def sparkline(title: str, amounts: Sequence[float], *, value: str = "") -> SafeString:
    """A small line for inside a sentence or a cell; the numbers stand in its description."""
    low, high = min(amounts, default=0), max(amounts, default=0)
    spread = (high - low) or 1
    step = 90 / max(len(amounts) - 1, 1)
    points = [(3 + i * step, 24 - 20 * (a - low) / spread) for i, a in enumerate(amounts)]
    parts = [el("polyline", points=_points(points), cls="g-garis")]
    parts += [el("circle", cx=x, cy=y, r=3, cls="g-isi") for x, y in points[-1:]]
    described = ", ".join(number_text(a) for a in amounts)
    return picture(title, described, parts, width=96, height=28, cls=f"percik {value_class(value)}".strip())


def value_class(value: str) -> str:
    """The class that carries a core value's colour: BP gives nilai-bp, nothing gives nothing."""
    return f"nilai-{value.lower()}" if value else ""


def describe(rows: Sequence[Sequence[str]]) -> str:
    """The figures as one sentence for those who hear the picture."""
    return "; ".join(f"{row[0]}: {', '.join(row[1:])}" for row in rows) + "."


def picture(
    title: str, description: str, parts: Sequence[SafeString], *, width: float, height: float, cls: str = ""
) -> SafeString:
    """An `<svg role="img">` that scales, with title and description tied to it."""
    key = _key(title, description, cls)
    return camel(
        "svg", el("title", title, id=f"{key}-t"), el("desc", description, id=f"{key}-d"), *parts,
        view_box=f"0 0 {width:.0f} {height:.0f}", role="img", aria_labelledby=f"{key}-t {key}-d", cls=cls,
    )  # fmt: skip


def _fluid(title: str, rows: Sequence[Sequence[str]], parts: Sequence[SafeString], height: float) -> SafeString:
    """An `<svg role="img">` as wide as its place and of a fixed height: lengths in percent, letters in pixels."""
    description = describe(rows)
    key = _key(title, description, "")
    return el(
        "svg", el("title", title, id=f"{key}-t"), el("desc", description, id=f"{key}-d"), *parts,
        width="100%", height=max(height, 1.0), role="img", aria_labelledby=f"{key}-t {key}-d", cls="tetap",
    )  # fmt: skip


def _key(*texts: str) -> str:
    return "g" + md5("\x00".join(texts).encode(), usedforsecurity=False).hexdigest()[:8]


def _amount(amount: float | None, unit: str, note: str = "") -> str:
    if amount is None:
        return note or "–"
    return number_text(amount) + (unit if unit == "%" else f" {unit}" if unit else "")


def _label(parts: list[SafeString], label: str, figure: str, y: float) -> float:
    """Label (wrapped) left, figure right; returns where the bar begins."""
    lines = wrap(label, max(96.0, NARROWEST - 12 - text_width(figure, LABEL, bold=True)), LABEL)
    for number, line in enumerate(lines):
        parts.append(el("text", line, x=0, y=y + 14 + number * LINE))
    parts.append(el("text", figure, x="100%", y=y + 14, cls="t-akhir t-tebal"))
    return y + 22 + (len(lines) - 1) * LINE


def _track(y: float, height: float) -> SafeString:
    return el("rect", x=0, y=y, width="100%", height=height, rx=min(height / 2, 6), cls="g-alas")


def _bar(y: float, height: float, part: float, cls: str) -> SafeString:
    share = min(max(part, 0), 1) * 100
    return el("rect", x=0, y=y, width=f"{share:.2f}%", height=height, rx=height / 2, cls=cls.strip())


@dataclass(frozen=True)
class _Wheel:
    """The axes of a radar: `count` of them around a centre, the first straight up, clockwise."""

    cx: float
    cy: float
    count: int

    def at(self, radius: float, index: int) -> Point:
        angle = 2 * pi * index / self.count
        return self.cx + radius * sin(angle), self.cy - radius * cos(angle)

    def ring(self, radius: float) -> list[Point]:
        return [self.at(radius, i) for i in range(self.count)]


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _axis_label(wheel: _Wheel, radius: float, index: int, label: str) -> list[SafeString]:
    x, y = wheel.at(radius, index)
    side = round(x - wheel.cx)
    room = 150 if abs(side) < 12 else (2 * wheel.cx - x if side > 0 else x)
    longest = max((text_width(word, RADAR_LABEL, bold=True) for word in label.split()), default=0)
    lines = wrap(label, max(room, longest), RADAR_LABEL, bold=True)  # a name is never broken
    anchor = "t-tengah" if abs(side) < 12 else "" if side > 0 else "t-akhir"
    height = (wheel.cy - y) / radius  # 1 at the top, -1 at the bottom
    up = (len(lines) - 1) * LINE * (1 if height > 0.6 else 0.5 if height > -0.6 else 0)
    return [
        el("text", line, x=x, y=y + 5 - up + n * LINE, cls=f"t-tebal {anchor}".strip()) for n, line in enumerate(lines)
    ]


def _runs(points: Sequence[Point | None]) -> list[tuple[list[Point], bool]]:
    """The closed outline, or the open pieces of two points and more between missing figures."""
    if all(points):
        return [([p for p in points if p], True)]
    start = points.index(None)
    runs: list[list[Point]] = [[]]
    for point in (*points[start:], *points[:start]):
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [(run, False) for run in runs if len(run) > 1]
