"""Typst: from frozen data to PDF/A-2a. Data goes in as JSON only, so that no name can become markup."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import segno
import typst
from django.conf import settings

HERE = Path(__file__).parent
MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
]  # fmt: skip


def verification_url(code: str) -> str:
    """Where anyone can check the document."""
    return f"{settings.BASE_URL}/verifikasi/{code}/"


def typeset(
    *, template: str, number: str, code: str, issued_at: datetime, zone: str, data: Mapping[str, Any], is_revoked: bool
) -> bytes:
    """Typeset `templates_typst/<template>.typ`. The same input gives the same bytes."""
    day = issued_at.astimezone(ZoneInfo(zone))
    url = verification_url(code)
    values = {
        **data,
        "number": number,
        "code": "-".join(code[i : i + 4] for i in range(0, len(code), 4)),
        "url": url,
        "qr": qr(url),
        "issued_on": day_text(day),
        "y": day.year,
        "m": day.month,
        "d": day.day,
        "is_revoked": is_revoked,
    }
    return compiled(template, values, at=issued_at)


def compiled(template: str, values: Mapping[str, Any], *, at: datetime) -> bytes:
    """PDF/A-2a of `templates_typst/<template>.typ` with these values, dated `at`."""
    return typst.compile(
        str(HERE / "templates_typst" / f"{template}.typ"),
        root=str(HERE),
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
        font_paths=[str(HERE / "fonts")],
        ignore_system_fonts=True,
        pdf_standards=["a-2a"],
        timestamp=int(at.timestamp()),
    )


def qr(text: str) -> str:
    """A QR code (ISO/IEC 18004, level M) as SVG."""
    drawn = str(segno.make(text, error="m", micro=False).svg_inline(border=0, dark="#17305f"))
    return drawn.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)


def day_text(day: datetime) -> str:
    """A day as letters write it, in Indonesian whatever the reader's interface speaks: "7 Desember 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
