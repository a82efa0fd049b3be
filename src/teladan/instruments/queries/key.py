from functools import lru_cache

from teladan.instruments.keysheet import KeySheet
from teladan.instruments.models import AnswerKey


@lru_cache(maxsize=64)
def sheet(digest: str) -> KeySheet:
    """The key sheet of this name; cached for good, because the name is the hash of the content."""
    return KeySheet.from_json(AnswerKey.objects.get(pk=digest).lines)
