"""Tags and filters every template has (a builtin library): icons, dates, numbers, keys of posts, citations."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache

from django import template
from django.core.paginator import Page
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teladan.kernel import clock
from teladan.kernel.ids import uuid7
from teladan.learning import api as learning
from teladan.web.ui import formats
from teladan.web.ui.charts import value_class

register = template.Library()

KEY_STATUS = {
    "kunci penyusun, belum divalidasi": gettext_lazy("dinilai penyusun, belum diuji ahli")
}  # a pack's words -> ours


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """`{% icon "jam" %}`: a drawing from the sprite, silent for screen readers unless it has a label."""
    return _drawing(f"{static('app/icons/ikon.svg')}#{name}", label)


@lru_cache(512)
def _drawing(address: str, label: str) -> SafeString:
    if label:
        return format_html('<svg class="ikon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address)
    return format_html('<svg class="ikon" aria-hidden="true"><use href="{}"></use></svg>', address)


@register.simple_tag
def htmx() -> SafeString:
    """`{% htmx %}` in the block `scripts`: only pages that use hx- attributes load it."""
    return format_html('<script src="{}" defer></script>', static("django_htmx/htmx-4.min.js"))


@register.simple_tag
def kunci() -> SafeString:
    """`{% kunci %}` inside a form: the idempotency key of this post (field `kunci`); a repeat carries the same."""
    return format_html('<input type="hidden" name="kunci" value="{}">', uuid7())


@register.simple_tag
def cite(reference: str, text: str = "") -> SafeString:
    """`{% cite "uu-2009-25#34/a" %}`: a link that opens the law beside the page. Other words stay plain text."""
    from teladan.rulebook.api import rulebook  # noqa: PLC0415  (the packs are read by the first citation)

    try:
        found = rulebook().cite(reference)
    except KeyError:
        return format_html("<span>{}</span>", text or reference)
    link = format_html(
        '<a class="kutip" href="{}" data-panel="hukum" title="{}">{}</a>', found.url, found.title, text or found.label
    )
    return (
        link if found.confidence != "belum dibaca" else format_html("{} <small>({})</small>", link, _("belum dibaca"))
    )


@register.filter
def penegasan(text: str) -> SafeString:
    """`{{ made.outcome|penegasan }}`: the words of a scene inside a line, with their *emphasis*; all else stays text."""
    return mark_safe(learning.phrase(text))  # noqa: S308  (escaped by the renderer, which knows no HTML)


@register.filter
def status_kunci(status: str) -> str:
    """`{{ scene.key_status|status_kunci }}`: what a pack says of its key, in words for who was judged by it."""
    return str(KEY_STATUS.get(status, status))


@register.filter
def tanggal(value: date | datetime | None, style: str = "panjang") -> str:
    """`{{ day|tanggal }}` Senin, 23 November 2026. Styles: panjang, pendek, bulan; for moments also jam (date and time)
    and pukul (time). A moment is shown in the agency's zone."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        return formats.moment_text(value, timezone.get_current_timezone_name(), style)
    return formats.date_text(value, style)


@register.filter
def jarak_hari(value: date | datetime | None) -> str:
    """`{{ task.due_at|jarak_hari }}`: hari ini, besok, 3 hari lagi, 4 hari lalu, in the agency's calendar."""
    day = _day(value)
    return formats.days_text(day, timezone.localdate(clock.now())) if day else ""


@register.filter
def bagian_hari(value: date | datetime | None) -> tuple[str, str, str]:
    """Short weekday, day and month for the leaf of a task."""
    day = _day(value)
    return formats.day_parts(day) if day else ("", "", "")


@register.filter
def nada_tenggat(tone: str, due: date | datetime | None) -> str:
    """The given tone, else that of a due date: telat (today or past), awas (within three days), nila (later, none)."""
    day = _day(due)
    left = (day - timezone.localdate(clock.now())).days if day else 99
    return tone or ("telat" if left <= 0 else "awas" if left <= 3 else "nila")


@register.filter
def iso(value: datetime | None) -> str:
    """A moment for scripts and `<time datetime>`: ISO 8601 in UTC."""
    return value.astimezone(UTC).isoformat() if value else ""


@register.filter
def angka(value: float | str | None, decimals: int | None = None) -> str:
    """`{{ 1234.5|angka }}` 1.234,5. An argument fixes the decimals; None gives a dash, text is left as it is."""
    if value is None or value == "":
        return "–"
    return value if isinstance(value, str) else formats.number_text(value, decimals)


@register.filter
def kode(value: str) -> str:
    """`{{ code|kode }}`: NYCM-6AYY-JVNJ, a code as it is printed, in groups of four."""
    return "-".join(value[at : at + 4] for at in range(0, len(value), 4))


@register.filter
def persen(value: float | None, decimals: int | None = None) -> str:
    """`{{ 62|persen }}` 62%. The value is already in hundredths (0 to 100)."""
    return "–" if value is None else f"{formats.number_text(value, decimals)}%"


@register.filter
def kelas_nilai(value: str | None) -> str:
    """`{{ chapter.value|kelas_nilai }}`: the class of a core value's colour, nilai-bp for BP; none for nothing."""
    return value_class(value or "")


@register.filter
def inisial(name: str) -> str:
    """Two letters of a name for an avatar."""
    return formats.initials(name) if name and name.strip() else "?"


@register.filter
def warna_nama(name: str) -> str:
    """One of the seven colours, always the same for the same name."""
    codes = ("bp", "ak", "ko", "ha", "lo", "ad", "kl")
    return f"nilai-{codes[sum(name.encode()) % len(codes)]}"


@register.filter
def bagian_dari(value: float | None, total: float | None) -> float:
    """`{{ done|bagian_dari:all }}`: hundredths, 0 when there is nothing to divide by."""
    return min(100.0, 100 * value / total) if value and total else 0.0


@register.filter
def abjad(index: int) -> str:
    """A for 0, B for 1: letters of answer options."""
    return chr(ord("A") + index) if 0 <= index < 26 else str(index + 1)


@register.filter
def mesin(value: float | str | None) -> str:
    """A number for an attribute: always with a point, whatever the language."""
    return f"{float(value or 0):.2f}".rstrip("0").rstrip(".")


@register.filter
def terpilih(key: str, chosen: str | Collection[str] | None) -> bool:
    """Is this option's key the chosen one, or among the chosen ones?"""
    return key == chosen if isinstance(chosen, str) or chosen is None else key in chosen


@register.filter
def hasil(results: Mapping[str, tuple[str, str, str]] | None, key: str) -> tuple[str, str, str] | None:
    """The marking of one option, None when it has none."""
    return results.get(key) if results else None


@register.filter
def nomor_halaman(page: Page[object]) -> list[int]:
    """Page numbers to show: first, last and those around the present one; 0 stands for a gap."""
    shown = [n for n in page.paginator.page_range if n in {1, page.paginator.num_pages} or abs(n - page.number) <= 1]
    return [n for i, m in enumerate(shown) for n in ([0, m] if i and m - shown[i - 1] > 1 else [m])]


@register.simple_tag
def callout(kind: str) -> dict[str, str]:
    """Name, icon and tone of a lesson's set piece; KeyError for a kind that does not exist."""
    name, drawing, tone = {
        "kejadian": (_("Kejadian"), "pemandangan", ""),
        "wajib": (_("Kewajiban"), "integritas", "beres"),
        "larangan": (_("Larangan"), "tolak", "telat"),
        "abu-abu": (_("Wilayah abu-abu"), "hukum", "abu"),
        "ingat": (_("Untuk diingat"), "lampu", ""),
        "refleksi": (_("Refleksi"), "cermin", ""),
        "komitmen": (_("Komitmen tujuh hari"), "janji", ""),
        "lembar-kerja": (_("Lembar kerja"), "berkas", ""),
    }[kind]
    return {"name": name, "icon": drawing, "tone": tone}


def _day(value: date | datetime | None) -> date | None:
    if isinstance(value, datetime):
        return timezone.localdate(value)
    return value or None
