"""Sentences that depend on the hour or on a count."""

from datetime import datetime

from django.utils.translation import gettext as _

MORNING, NOON, AFTERNOON, EVENING = 4, 11, 15, 18  # hours at which the greeting changes


def greeting(moment: datetime, name: str) -> str:
    """Good morning and so on, by the hour of `moment` (already in the reader's zone); degrees are left out."""
    plain = name.partition(",")[0].strip()
    if MORNING <= moment.hour < NOON:
        return _("Selamat pagi, %(name)s.") % {"name": plain}
    if NOON <= moment.hour < AFTERNOON:
        return _("Selamat siang, %(name)s.") % {"name": plain}
    if AFTERNOON <= moment.hour < EVENING:
        return _("Selamat sore, %(name)s.") % {"name": plain}
    return _("Selamat malam, %(name)s.") % {"name": plain}


def waiting(count: int) -> str:
    """How many things wait, as a sentence."""
    if count == 0:
        return _("Tidak ada yang menunggu Anda.")
    if count == 1:
        return _("Satu hal menunggu Anda.")
    return _("%(count)s hal menunggu Anda.") % {"count": number_word(count)}


def number_word(count: int) -> str:
    """Small numbers as words that can begin a sentence, others as figures."""
    words = [
        _("Dua"), _("Tiga"), _("Empat"), _("Lima"), _("Enam"), _("Tujuh"), _("Delapan"), _("Sembilan"), _("Sepuluh"),
    ]  # fmt: skip
    return words[count - 2] if 2 <= count <= len(words) + 1 else str(count)
