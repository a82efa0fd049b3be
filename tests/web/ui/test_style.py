"""The stylesheet and the files that come with it: light, legible in both looks, nothing drawn that does not exist."""

import gzip
import re
from pathlib import Path

import pytest

import teladan.web

WEB = Path(teladan.web.__file__).parent
STATIC = WEB / "static" / "app"
CSS = (STATIC / "css" / "teladan.css").read_text(encoding="utf-8")
SPRITE = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons" / "ikon.svg").read_text(encoding="utf-8")))
VALUES = ("bp", "ak", "ko", "ha", "lo", "ad", "kl")


def weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def tokens(start: str) -> dict[str, str]:
    """The colour tokens of the rule that begins with `start`."""
    body = CSS[CSS.index(start) :]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", body[: body.index("}")]))


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two hexadecimal colours."""

    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(sign * 2 for sign in colour[1:])
        parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


LIGHT = tokens(":root {")
DARK = tokens(':root[data-tema="gelap"] {')


def test_first_visit_stays_light() -> None:
    assert weight(STATIC / "css" / "teladan.css") <= 12_000
    assert (STATIC / "font" / "teladan.woff2").stat().st_size <= 24_000
    lesson = ("app", "say", "panel", "keys", "line")  # what a page of a course loads
    assert sum(weight(STATIC / "js" / f"{name}.js") for name in lesson) <= 4_400
    assert all(weight(path) <= 4_000 for path in (STATIC / "js").glob("*.js"))


def test_dark_look_is_the_same_by_choice_and_by_device() -> None:
    assert tokens(':root:not([data-tema="terang"]) {') == DARK
    assert DARK.keys() == LIGHT.keys()


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["terang", "gelap"])
def test_text_reaches_the_contrast_of_aa(look: dict[str, str]) -> None:
    pairs = [
        (ink, ground)
        for ink in ("arang", "abu", "nila", "bata", "daun", "langit")
        for ground in ("kertas", "lembar", "cekung")
    ]
    pairs += [("nila-tua", "nila-muda"), ("kunyit-tua", "kunyit-muda"), ("daun", "daun-muda"), ("bata", "bata-muda"),
              ("langit", "langit-muda"), ("di-nila", "nila"), ("di-nila", "nila-tua"),
              ("abu", "nila-muda")]  # fmt: skip
    pairs += [(value, ground) for value in VALUES for ground in ("lembar", f"{value}-muda")]
    pairs += [(ink, f"{value}-muda") for value in VALUES for ink in ("arang", "abu")]
    weak = {f"{ink} on {ground}": round(contrast(look[ink], look[ground]), 2) for ink, ground in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}
    assert contrast(look["garis-kuat"], look["lembar"]) >= 3  # edges of inputs
    assert contrast(look["kunyit"], look["kertas"]) >= 3  # the focus ring


def test_templates_and_doors_name_icons_that_exist() -> None:
    used = set()
    for path in (WEB / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        used |= {(name, path.name) for name in re.findall(r'{% icon "([a-z-]+)"', text)}
        used |= {(name, path.name) for name in re.findall(r'icon(?:_after)?="([a-z-]+)"', text)}
    for path in WEB.rglob("*.py"):
        used |= {(name, path.name) for name in re.findall(r'\bicon="([a-z-]+)"', path.read_text(encoding="utf-8"))}
    assert {(name, where) for name, where in used if name not in SPRITE} == set()


def test_nothing_is_inline_in_templates() -> None:
    """The content security policy would silently drop it."""
    faults = []
    for path in (WEB / "templates").rglob("*.html"):
        text = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.S)
        found = re.findall(r"\sstyle=|<style|\son[a-z]+=\"|javascript:|<script(?![^>]*\ssrc=)", text)
        faults += [f"{path.relative_to(WEB)}: {what.strip()}" for what in found]
    assert faults == []


def test_every_component_says_how_it_is_used() -> None:
    for path in (WEB / "templates" / "cotton").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("{% comment %}\n"), path.name
        documented = text.partition("{% endcomment %}")[0]
        declared = re.search(r"<c-vars ([^>]*)/>", text)
        for name in re.findall(r":?([a-z_]+)=", declared[1] if declared else ""):
            assert name in documented, f"{path.name}: attribute {name} is not explained"
