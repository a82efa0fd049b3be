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
    qr = segno.make(url, error="m", micro=False).svg_inline(border=0, dark="#17305f")
    qr = qr.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    values = {
        **data,
        "number": number,
        "code": "-".join(code[i : i + 4] for i in range(0, len(code), 4)),
        "url": url,
        "qr": qr,
        "issued_on": f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        "y": day.year,
        "m": day.month,
        "d": day.day,
        "is_revoked": is_revoked,
    }
    return typst.compile(
        str(HERE / "templates_typst" / f"{template}.typ"),
        root=str(HERE),
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
        font_paths=[str(HERE / "fonts")],
        ignore_system_fonts=True,
        pdf_standards=["a-2a"],
        timestamp=int(issued_at.timestamp()),
    )
