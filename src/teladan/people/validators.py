"""Is this input acceptable? The same answers for forms and verbs; rosters have their own checks over the same
parsers."""

from datetime import date

from django.utils.translation import gettext as _

from teladan.kernel.errors import Invalid
from teladan.people.nip import Nip, NipFault, parse_nip
from teladan.people.roster.wording import row_words


def clean_nip(text: str, *, today: date | None = None) -> Nip:
    """The NIP taken apart; Invalid with what is wrong and what to do."""
    nip = parse_nip(text, today=today)
    if isinstance(nip, NipFault):
        message, remedy = row_words(f"nip_{nip.code}", nip.values)
        raise Invalid(message, field="nip", next_step=remedy)
    return nip


def clean_line(text: str, *, field: str, longest: int) -> str:
    """A filled line of text with single spaces; Invalid when empty or longer than `longest`."""
    line = " ".join(text.split())
    if not line:
        raise Invalid(_("Isian ini harus diisi."), field=field)
    if len(line) > longest:
        raise Invalid(_("Isian ini paling panjang %(longest)s huruf.") % {"longest": longest}, field=field)
    return line


def check_days(starts: date, ends: date | None) -> None:
    """Invalid when a range of days, without its last day, holds no day."""
    if ends is not None and ends <= starts:
        raise Invalid(_("Tanggal akhir harus sesudah tanggal mulai."), field="ends")
