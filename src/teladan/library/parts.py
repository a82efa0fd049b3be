"""An official text by article. Pure."""

import re

from teladan.library.data import TextPart

_ARTICLE = re.compile(r"^[#*_\s]*(?P<label>pasal\s+(?P<number>\d+\s?[A-Z]?))[*_:.\s]*$", re.I)
_MARKS = re.compile(r"^#{1,6}\s*|\*\*|__")
_LONGEST = 6_000  # letters of one part, so that what was found in it can be shown


def parts_of(text: str) -> list[TextPart]:
    """The parts of a text: a line "Pasal 5" of its own begins an article, Markdown's marks are dropped. An article that is
    written twice (the elucidation repeats the numbers) gets an anchor of its own."""
    gathered: list[tuple[str, str, list[str]]] = [("", "", [])]
    for line in text.splitlines():
        if found := _ARTICLE.match(line):
            number = re.sub(r"\s", "", found["number"]).upper()
            gathered.append((f"Pasal {number}", f"pasal-{number.lower()}", []))
        else:
            gathered[-1][2].append(_MARKS.sub("", line).rstrip())
    parts, seen = list[TextPart](), dict[str, int]()
    for label, anchor, lines in gathered:
        whole = "\n".join(lines).strip()
        if not label and not whole:
            continue
        for start in range(0, max(1, len(whole)), _LONGEST):
            base = anchor or "awal"
            seen[base] = seen.get(base, 0) + 1
            own = base if seen[base] == 1 else f"{base}-{seen[base]}"
            parts.append(TextPart(label=label, anchor=own, text=whole[start : start + _LONGEST]))
    return parts
