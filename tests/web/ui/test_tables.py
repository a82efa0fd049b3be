"""Sorting and cells of a table."""

import pytest

from teladan.web.ui.tables import Cell, Column, Sorting, Table

COLUMNS = (
    Column(label="Nama", sort="nama", order_by=("person__name",)),
    Column(label="Batas", sort="batas"),
    Column(label="Aksi"),
)


@pytest.mark.parametrize(
    ("query", "key", "fields"),
    [
        ({"urut": "nama"}, "nama", ("person__name",)),
        ({"urut": "-nama"}, "nama", ("-person__name",)),
        ({"urut": "password"}, "batas", ("-batas",)),
        ({}, "batas", ("-batas",)),
    ],
)
def test_sorting_takes_known_columns_only(query: dict[str, str], key: str, fields: tuple[str, ...]) -> None:
    sorting = Sorting.from_query(query, COLUMNS, default="-batas")
    assert (sorting.key, sorting.order_by) == (key, fields)


def test_heading_of_the_chosen_column_leads_to_the_other_direction() -> None:
    up = Table(caption="x", columns=COLUMNS, rows=[], sorting=Sorting(key="nama"))
    down = Table(caption="x", columns=COLUMNS, rows=[], sorting=Sorting(key="nama", descending=True))
    assert [(h.link, h.state) for h in up.headings] == [("-nama", "ascending"), ("batas", ""), ("", "")]
    assert next((h.link, h.state) for h in down.headings) == ("nama", "descending")


def test_plain_text_becomes_a_cell_beside_its_column() -> None:
    table = Table(caption="x", columns=COLUMNS, rows=[["Siti", Cell(text="besok", tone="awas"), "-"]])
    assert [(column.label, cell.text, cell.tone) for column, cell in table.lines[0]] == [
        ("Nama", "Siti", ""), ("Batas", "besok", "awas"), ("Aksi", "-", ""),
    ]  # fmt: skip
