"""Is this input acceptable? The same answers for forms, verbs and imports."""

import re
import unicodedata

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from teladan.accounts.zones import ZONES
from teladan.kernel.errors import Invalid

_LOGIN = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,62}[a-z0-9])")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PASSWORD_MAX_LENGTH = 256  # hashing takes time in proportion; nobody types more


def normal_login(text: str) -> str:
    """The login as it is kept: lower case, a NIP without the spaces in which it is printed."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    joined = re.sub(r"[\s.]+", "", plain)
    return joined if joined.isdigit() else plain


def clean_login(text: str) -> str:
    """The login as it is kept. Invalid when it could not be typed or could be taken for an e-mail address."""
    login = normal_login(text)
    if not _LOGIN.fullmatch(login):
        raise Invalid(
            _("Nama pengguna harus 3 sampai 64 huruf kecil, angka, titik, garis bawah atau tanda hubung."),
            field="username",
            next_step=_("Pakai NIP, atau pilih nama tanpa spasi."),
        )
    return login


def clean_email(text: str) -> str:
    """The e-mail address in lower case; empty stays empty. Invalid when malformed."""
    email = text.strip().lower()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise Invalid(
                _("Alamat e-mail ini tidak lengkap."), field="email", next_step=_("Contoh: nama@instansi.go.id.")
            ) from None
    return email


def clean_name(text: str, *, field: str = "name", longest: int = 200) -> str:
    """A name with single spaces and no control signs. Invalid when empty or longer than `longest`."""
    name = " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in text).split())
    if not name:
        raise Invalid(_("Nama harus diisi."), field=field)
    if len(name) > longest:
        raise Invalid(_("Nama paling panjang %(longest)s karakter.") % {"longest": longest}, field=field)
    return name


def clean_zone(text: str) -> str:
    """One of the zones of Indonesia; Invalid otherwise."""
    if text not in ZONES:
        raise Invalid(
            _("Zona waktu %(zone)s tidak dikenal.") % {"zone": text},
            field="zone",
            next_step=_("Pilih salah satu: %(zones)s.") % {"zones": ", ".join(ZONES)},
        )
    return text


def clean_slug(text: str) -> str:
    """A short name for addresses, such as `dinkes-contoh`; Invalid otherwise."""
    slug = text.strip().lower()
    if not _SLUG.fullmatch(slug) or len(slug) > 50:
        raise Invalid(
            _("Nama pendek alamat web hanya boleh berisi huruf kecil, angka dan tanda hubung, paling panjang 50."),
            field="slug",
        )
    return slug


def clean_password(password: str, account: object) -> str:
    """The password if it is good enough for `account`; Invalid with all reasons otherwise."""
    if len(password) > PASSWORD_MAX_LENGTH:
        raise Invalid(
            _("Kata sandi paling panjang %(longest)s karakter.") % {"longest": PASSWORD_MAX_LENGTH}, field="password"
        )
    try:
        password_validation.validate_password(password, account)  # type: ignore[arg-type]  # any user model will do
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from None
    return password


def mask_login(username: str) -> str:
    """The login with all but its last three signs hidden: enough to tell two apart, too little to be identity data."""
    return "•" * max(len(username) - 3, 3) + username[-3:] if len(username) > 3 else "•••"
