"""Reading drawings in tests."""

from xml.etree import ElementTree

from teladan.web.ui.measure import text_width


def parse(svg: str) -> ElementTree.Element:
    """The drawing as a tree; fails when it is not well-formed."""
    assert "style=" not in svg
    return ElementTree.fromstring(svg)


def said(svg: str) -> tuple[str, str]:
    """Title and description, checked to be tied to the picture."""
    root = parse(svg)
    title, description = root.find("title"), root.find("desc")
    assert root.get("role") == "img"
    assert title is not None and description is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    return title.text or "", description.text or ""


def texts(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in parse(svg).iter("text")]


def assert_inside(svg: str, *, size: float = 14) -> None:
    """Every line of text (of `size`, labels of 15) lies within the drawing's box."""
    root = parse(svg)
    _x, _y, width, height = map(float, (root.get("viewBox") or "").split())
    for node in root.iter("text"):
        classes = (node.get("class") or "").split()
        high = 15 if "t-label" in classes else size
        wide = text_width("".join(node.itertext()), high, bold="t-tebal" in classes or "t-balik" in classes)
        x, y = float(node.get("x") or 0), float(node.get("y") or 0)
        left = x - wide / 2 if "t-tengah" in classes else x - wide if "t-akhir" in classes else x
        assert left >= -1 and left + wide <= width + 1, "".join(node.itertext())
        assert high * 0.7 <= y <= height, "".join(node.itertext())
