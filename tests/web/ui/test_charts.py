"""Charts: the drawing, its words and its table say the same."""

from hypothesis import given
from hypothesis import strategies as st

from teladan.web.ui import charts
from tests.web.ui.drawings import assert_inside, parse, said, texts

VALUES = [("BP", "Berorientasi Pelayanan"), ("AK", "Akuntabel"), ("KO", "Kompeten"), ("HA", "Harmonis"),
          ("LO", "Loyal"), ("AD", "Adaptif"), ("KL", "Kolaboratif")]  # fmt: skip
AXES = [charts.Axis(value=code, label=name) for code, name in VALUES]
scores = st.one_of(st.none(), st.floats(0, 100))


def test_bars_draw_each_amount_in_proportion() -> None:
    chart = charts.bars("Skor", [charts.Bar(label="Akuntabel", amount=25, value="AK")], columns=("Nilai", "Skor"))
    track, bar = parse(chart.svg).findall("rect")
    assert (track.get("width"), bar.get("width")) == ("100%", "25.00%")
    assert bar.get("class") == "g-isi nilai-ak"
    assert chart.rows == (("Akuntabel", "25"),)
    assert said(chart.svg) == ("Skor", "Akuntabel: 25.")


def test_bars_without_a_figure_draw_no_bar_and_say_why() -> None:
    item = charts.Bar(label="Loket", amount=None, note="kurang dari 5 orang")
    chart = charts.bars("Skor", [item], columns=("Unit", "Skor"))
    assert len(parse(chart.svg).findall("rect")) == 1
    assert "kurang dari 5 orang" in texts(chart.svg)
    assert chart.rows == (("Loket", "kurang dari 5 orang"),)


def test_bars_escape_what_people_wrote() -> None:
    chart = charts.bars("<b>", [charts.Bar(label='"><script>', amount=1)], columns=("a", "b"))
    assert "<script" not in chart.svg and "<b>" not in chart.svg
    assert '"><script>' in "".join(texts(chart.svg))


def test_pre_post_states_the_difference() -> None:
    pairs = [charts.Pair(label="Loyal", before=58, after=81.5), charts.Pair(label="Adaptif", before=60, after=None)]
    chart = charts.pre_post("Sebelum dan sesudah", pairs, columns=("Nilai", "Tes Awal", "Tes Akhir", "Selisih"))
    assert chart.rows == (("Loyal", "58", "81,5", "+23,5"), ("Adaptif", "60", "–", "–"))
    assert [text for _shape, text in chart.legend] == ["Tes Awal", "Tes Akhir"]


@given(st.lists(st.tuples(scores, scores), min_size=1, max_size=8))
def test_pre_post_draws_one_bar_for_each_figure(figures: list[tuple[float | None, float | None]]) -> None:
    pairs = [charts.Pair(label=f"Nilai {i}", before=b, after=a) for i, (b, a) in enumerate(figures)]
    drawn = parse(charts.pre_post("x", pairs, columns=("a", "b", "c", "d")).svg).findall("rect")
    assert len(drawn) == len(figures) + sum(f is not None for pair in figures for f in pair)


def test_distribution_marks_what_lies_below_the_limit() -> None:
    bins = [charts.Bin(label=f"{low}–{low + 9}", short=str(low), count=n) for low, n in ((50, 2), (60, 0), (70, 4))]
    chart = charts.distribution("Sebaran", bins, columns=("Skor", "Peserta"), mark=(2, "Batas lulus 70"))
    assert [bar.get("class") for bar in parse(chart.svg).findall("rect")] == ["g-kedua", "g-isi"]
    assert chart.rows == (("50–59", "2"), ("60–69", "0"), ("70–79", "4"))
    assert chart.legend == (("g-putus", "Batas lulus 70"),)


def test_distribution_of_nobody_is_drawn() -> None:
    chart = charts.distribution("Sebaran", [charts.Bin(label="0–9", count=0)], columns=("Skor", "Peserta"))
    assert "0" in texts(chart.svg)


def test_radar_closes_complete_series_and_colours_each_value() -> None:
    series = [
        charts.Series(label="Tes Akhir", amounts=(80.0,) * 7),
        charts.Series(label="Tes Awal", amounts=(50.0,) * 7),
    ]
    chart = charts.radar("Nilai saya", AXES, series, first_column="Nilai")
    root = parse(chart.svg)
    assert [p.get("class") for p in root.findall("polygon")][-2:] == ["g-luas", "g-putus"]
    assert [c.get("class") for c in root.findall("circle")] == [f"g-isi nilai-{code.lower()}" for code, _name in VALUES]
    assert chart.rows[0] == ("Berorientasi Pelayanan", "80", "50")
    assert_inside(chart.svg, size=charts.RADAR_LABEL)
    width = float((root.get("viewBox") or "").split()[2])
    assert charts.RADAR_LABEL * (360 - 64 - 42) / width >= 12  # in the narrowest side column


def test_radar_with_a_missing_figure_stays_open_there() -> None:
    amounts = (80.0, None, 70.0, 60.0, 90.0, 50.0, 40.0)
    chart = charts.radar("x", AXES, [charts.Series(label="a", amounts=amounts)], first_column="Nilai")
    root = parse(chart.svg)
    (line,) = root.findall("polyline")
    assert len((line.get("points") or "").split()) == 6
    assert chart.rows[1] == ("Akuntabel", "–")


@given(st.lists(scores, min_size=7, max_size=7))
def test_radar_draws_a_dot_for_each_figure(amounts: list[float | None]) -> None:
    chart = charts.radar("x", AXES, [charts.Series(label="a", amounts=tuple(amounts))], first_column="n")
    assert len(parse(chart.svg).findall("circle")) == sum(a is not None for a in amounts)


@given(st.lists(st.floats(-1e6, 1e6), max_size=30))
def test_sparkline_stays_in_its_box(amounts: list[float]) -> None:
    root = parse(charts.sparkline("Tujuh hari", amounts))
    line = root.find("polyline")
    assert line is not None
    for point in (line.get("points") or "").split():
        x, y = map(float, point.split(","))
        assert 0 <= x <= 96 and 0 <= y <= 28
