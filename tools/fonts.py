"""Make the project's font files from one source file (OFL): `tools/fonts.py plus-jakarta-sans-latin-wght-normal.woff2`.

Needed only when the typeface is renewed; the results are committed. Makes
- the web font: variable (400 to 800), only the signs Indonesian and English pages use, tabular figures kept;
- two static TTF files for typesetting letters, which cannot use a variable font;
- `web/ui/measure_table.py`: advance widths, so that text in drawings is wrapped where it really ends.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

SOURCE = Path(__file__).parent.parent / "src" / "teladan"
WEB = SOURCE / "web" / "static" / "app" / "font" / "teladan.woff2"
PRINT = SOURCE / "letters" / "fonts"
TABLE = SOURCE / "web" / "ui" / "measure_table.py"
SIGNS = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)])) + "ıŒœ–—‘’“”•…′″‹›€™↑↓−"
WEIGHTS = {"Regular": 400, "Bold": 700}


def main(path: str) -> None:
    web = TTFont(path)
    subset(web, SIGNS)  # first: narrowing the axis drops the tables of signs that do not vary
    web = instantiateVariableFont(web, {"wght": (400, 400, 800)})
    web.flavor = "woff2"
    WEB.parent.mkdir(parents=True, exist_ok=True)
    web.save(WEB)
    widths = {}
    PRINT.mkdir(parents=True, exist_ok=True)
    for name, weight in WEIGHTS.items():
        font = instantiateVariableFont(TTFont(path), {"wght": weight}, updateFontNames=False)
        rename(font, name, weight)
        subset(font, SIGNS, hinting=False)
        font.flavor = None
        font.save(PRINT / f"PlusJakartaSans-{name}.ttf")
        widths[weight] = {
            ord(sign): font["hmtx"][glyph][0] for sign in SIGNS if (glyph := font.getBestCmap().get(ord(sign)))
        }
    TABLE.write_text(table(widths), encoding="utf-8")
    for file in (WEB, *sorted(PRINT.glob("*.ttf"))):
        print(f"{file.relative_to(SOURCE)}: {file.stat().st_size} bytes")


def subset(font: TTFont, signs: str, *, hinting: bool = False) -> None:
    options = Options()
    options.layout_features = ["kern", "mark", "ccmp", "locl", "liga", "tnum", "frac", "numr", "dnom"]
    options.hinting = hinting
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.notdef_outline = True
    worker = Subsetter(options)
    worker.populate(text=signs)
    worker.subset(font)


def rename(font: TTFont, style: str, weight: int) -> None:
    """Family and style as a typesetter looks for them; the licence names no reserved font name."""
    names = font["name"]
    for number, text in {
        1: "Plus Jakarta Sans",
        2: style,
        4: f"Plus Jakarta Sans {style}",
        6: f"PlusJakartaSans-{style}",
    }.items():
        names.setName(text, number, 3, 1, 0x409)
    for number in (16, 17, 25):
        names.removeNames(nameID=number)
    font["OS/2"].usWeightClass = weight
    bold = style == "Bold"
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x61 | (0x20 if bold else 0x40)
    font["head"].macStyle = int(bold)


def table(widths: dict[int, dict[int, int]]) -> str:
    """Widths as a string of digits per weight: three for each sign of printable ASCII."""
    lines = [
        '"""Advance widths of Plus Jakarta Sans in thousandths of the size, printable ASCII. From tools/fonts.py."""',
        "",
    ]
    for weight, by_sign in widths.items():
        numbers = [f"{by_sign[code]}," for code in range(0x20, 0x7F)]
        rows = [" ".join(numbers[start : start + 19]) for start in range(0, len(numbers), 19)]
        lines += [f"WIDTHS_{weight} = (", *(f"    {row}" for row in rows), ")  # fmt: skip"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(sys.argv[1])
