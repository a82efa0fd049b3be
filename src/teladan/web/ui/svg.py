"""SVG elements as safe markup: every attribute and every text is escaped here; nowhere else is markup made by hand."""

from html import escape

from django.utils.safestring import SafeString

Attribute = str | int | float


def el(name: str, *children: str, **attributes: Attribute) -> SafeString:
    """One element. `cls` becomes `class`, underscores become hyphens (`stroke_width`), empty strings are left out;
    children that are not safe markup already are escaped."""
    named = "".join(
        f' {("class" if key == "cls" else key.replace("_", "-"))}="{escape(_number(value))}"'
        for key, value in attributes.items()
        if value != ""
    )
    inner = "".join(child if isinstance(child, SafeString) else escape(child, quote=False) for child in children)
    return SafeString(f"<{name}{named}>{inner}</{name}>" if inner else f"<{name}{named}/>")


def camel(name: str, *children: str, **attributes: Attribute) -> SafeString:
    """The same for elements whose attributes are spelled in camel case (`viewBox`): `view_box` becomes `viewBox`."""
    made = {}
    for key, value in attributes.items():
        head, *rest = key.split("_")
        made[key if key == "cls" or key.startswith("aria_") else head + "".join(map(str.capitalize, rest))] = value
    return el(name, *children, **made)


def _number(value: Attribute) -> str:
    """Coordinates with one decimal at most: a tenth of a unit is below what a screen shows."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
