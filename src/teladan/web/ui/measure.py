"""Where text ends: widths in our typeface, and wrapping to a width. Drawings need it because SVG does not wrap."""

from functools import lru_cache

from teladan.web.ui.measure_table import WIDTHS_400, WIDTHS_700

WORD_SPACE = 60  # thousandths that the stylesheet adds to every space
SPARE = 1.04  # another typeface may stand in until ours has arrived
UNKNOWN = 640  # thousandths; a sign outside ASCII


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of `text` in pixels at `size` pixels, with a little to spare."""
    table = WIDTHS_700 if bold else WIDTHS_400
    total = sum(table[ord(sign) - 0x20] if 0x20 <= ord(sign) < 0x7F else UNKNOWN for sign in text)
    total += text.count(" ") * WORD_SPACE
    return total * size / 1000 * SPARE


@lru_cache(maxsize=2048)
def wrap(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """`text` in lines no wider than `width`. A single word that is wider is broken with a hyphen."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        for piece in _pieces(word, width, size, bold=bold):
            longer = f"{line} {piece}" if line else piece
            if line and text_width(longer, size, bold=bold) > width:
                lines.append(line)
                line = piece
            else:
                line = longer
    return (*lines, line) if line else tuple(lines)


def _pieces(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    pieces = []
    while text_width(word, size, bold=bold) > width and len(word) > 2:
        cut = len(word) - 1
        while cut > 1 and text_width(word[:cut] + "-", size, bold=bold) > width:
            cut -= 1
        pieces.append(word[:cut] + "-")
        word = word[cut:]
    return [*pieces, word]
