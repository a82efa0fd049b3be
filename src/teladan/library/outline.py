"""The outline of a regulation by article. Pure but for the words."""

from functools import lru_cache

from teladan.library.data import Line, Section
from teladan.library.words import CONFIDENCE_WORDS
from teladan.rulebook.api import Article, Confidence, Regulation, Rulebook


@lru_cache(maxsize=256)
def sections_of(key: str, book: Rulebook) -> tuple[Section, ...]:
    """The outline of a regulation by article, in its order. UnknownKey when the library has no such regulation."""
    law = book.regulation(key)
    grouped: dict[str, list[Article]] = {}
    for article in law.outline.values():
        grouped.setdefault(article.article.split("/")[0], []).append(article)
    return tuple(
        Section(
            anchor=anchor_of(number),
            label=place_label(law, number, book),
            lines=tuple(_line(law, article, book) for article in articles),
        )
        for number, articles in grouped.items()
    )


def anchor_of(article: str) -> str:
    """Where the page of the regulation holds an article: "pasal-12c", "lampiran-ii"."""
    return article.lower() if article.startswith("lampiran") else f"pasal-{article.lower()}"


def place_label(law: Regulation, place: str, book: Rulebook) -> str:
    """A place in words: "Pasal 44 ayat (3)". UnknownReference for what is no place."""
    return book.cite(f"{law.key}#{place}").label.removeprefix(law.short).strip()


def _line(law: Regulation, article: Article, book: Rulebook) -> Line:
    return Line(
        label=place_label(law, article.article, book),
        text=article.text,
        confidence=str(CONFIDENCE_WORDS[article.confidence]),
        is_read=article.confidence is Confidence.READ,
        amended_by=article.amended_by,
    )
