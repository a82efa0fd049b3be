"""The door of the library: regulations by article, what they follow and who cites them; official texts of an agency."""

from teladan.library.data import CitedBy, CitingPage, Line, Mention, Section, TextCard, TextPart
from teladan.library.domain import import_text, remove_text
from teladan.library.mention import mention_in
from teladan.library.outline import anchor_of, place_label, sections_of
from teladan.library.queries import (
    law_named,
    may_keep_texts,
    regulations_with_text,
    text_file,
    text_parts,
    texts_visible_to,
)
from teladan.library.relations import cited_by, known, predecessors, successors
from teladan.library.words import CONFIDENCE_WORDS, KINDS, STATUS_WORDS, rank

__all__ = [
    "CONFIDENCE_WORDS",
    "KINDS",
    "STATUS_WORDS",
    "CitedBy",
    "CitingPage",
    "Line",
    "Mention",
    "Section",
    "TextCard",
    "TextPart",
    "anchor_of",
    "cited_by",
    "import_text",
    "known",
    "law_named",
    "may_keep_texts",
    "mention_in",
    "place_label",
    "predecessors",
    "rank",
    "regulations_with_text",
    "remove_text",
    "sections_of",
    "successors",
    "text_file",
    "text_parts",
    "texts_visible_to",
]
