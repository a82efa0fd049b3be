"""The door of letters: issue, revoke, prove and print documents."""

from teladan.letters.data import DocumentCard
from teladan.letters.domain import issue, revoke
from teladan.letters.queries import by_code, of_subject, pdf, revoked_subjects
from teladan.letters.typesetting import verification_url

__all__ = ["DocumentCard", "by_code", "issue", "of_subject", "pdf", "revoke", "revoked_subjects", "verification_url"]
