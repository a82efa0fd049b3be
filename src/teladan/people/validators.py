"""Is this input acceptable? The same answers for forms and verbs; rosters have their own checks over the same
parsers."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from teladan.kernel.errors import Invalid
from teladan.people.enums import PersonKind
from teladan.people.nip import Nip, NipFault, parse_nip
from teladan.people.ranks import clean_rank as rank_of
from teladan.people.roster.cells import email_of, phone_of
from teladan.people.roster.check import EARLIEST
from teladan.people.roster.wording import row_words

AHEAD = timedelta(days=366)  # a post that begins later than this is a slip in the year
PPPK = {PersonKind.PPPK, PersonKind.PPPK_PART_TIME}


def clean_nip(text: str, *, today: date | None = None) -> Nip:
    """The NIP taken apart; Invalid with what is wrong and what to do."""
    nip = parse_nip(text, today=today)
    if isinstance(nip, NipFault):
        message = _("NIP harus diisi.") if nip.code == "empty" else row_words(f"nip_{nip.code}", nip.values)[0]
        step = _("Cocokkan dengan SK atau kartu pegawai, lalu tulis kedelapan belas angkanya.")
        raise Invalid(message, field="nip", next_step=step)
    return nip


def clean_line(text: str, *, field: str, longest: int) -> str:
    """A filled line of text with single spaces; Invalid when empty or longer than `longest`."""
    line = " ".join(text.split())
    if not line:
        raise Invalid(_("Isian ini belum diisi."), field=field, next_step=_("Tulis isinya, lalu simpan lagi."))
    if len(line) > longest:
        raise Invalid(
            _("Isian ini %(length)s karakter; paling panjang %(longest)s karakter.")
            % {"length": len(line), "longest": longest},
            field=field,
            next_step=_("Persingkat isinya, lalu simpan lagi."),
        )
    return line


def clean_rank(text: str, kind: PersonKind) -> str:
    """The rank as it is written officially; empty stays empty. Invalid when this kind of employment has no such rank."""
    if not text.strip():
        return ""
    rank = rank_of(text, is_pppk=kind in PPPK)
    if rank is None:
        message, remedy = row_words("golongan_unknown", {"found": text.strip()[:20], "kind": kind.value})
        raise Invalid(message, field="rank", next_step=remedy)
    return rank


def clean_phone(text: str) -> str:
    """A telephone number beginning with 0; empty stays empty. Invalid when it cannot be read."""
    if not text.strip():
        return ""
    phone = phone_of(text)
    if phone is None:
        message, remedy = row_words("telepon_unknown", {"found": text.strip()[:40]})
        raise Invalid(message, field="phone", next_step=remedy)
    return phone


def clean_email(text: str) -> str:
    """An e-mail address in lower case; empty stays empty. Invalid when it is not whole."""
    if not text.strip():
        return ""
    email = email_of(text)
    if email is None:
        message, _remedy = row_words("email_unknown", {"found": text.strip()[:60]})
        raise Invalid(message, field="email", next_step=_("Contoh: siti@contoh.go.id. Boleh juga dikosongkan."))
    return email


def check_days(starts: date, ends: date | None) -> None:
    """Invalid when a range of days, without its last day, holds no day."""
    if ends is not None and ends <= starts:
        raise Invalid(
            _("Tanggal akhir harus sesudah tanggal mulai."),
            field="ends",
            next_step=_("Pilih tanggal akhir yang lebih kemudian."),
        )


def check_start(starts: date, *, today: date) -> None:
    """Invalid when the first day of a post is so far from today that the year must be a slip."""
    if not EARLIEST <= starts <= today + AHEAD:
        message, remedy = row_words("tmt_unlikely", {"found": starts.strftime("%d-%m-%Y")})
        raise Invalid(message, field="starts", next_step=remedy)
