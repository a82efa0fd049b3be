"""The door of letters: issue, revoke, prove and print documents; print letters that are kept nowhere."""

from teladan.letters.data import CodeLetter, DocumentCard
from teladan.letters.domain import issue, revoke
from teladan.letters.queries import by_code, of_subject, pdf, revoked_subjects
from teladan.letters.sheets import code_letters
from teladan.letters.typesetting import verification_url

__all__ = [
    "CodeLetter",
    "DocumentCard",
    "by_code",
    "code_letters",
    "issue",
    "of_subject",
    "pdf",
    "revoke",
    "revoked_subjects",
    "verification_url",
]
