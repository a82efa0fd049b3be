"""Faults of pack files, and how an error of the schema becomes a sentence with a line and a remedy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails


class Severity(StrEnum):
    """An error keeps the packs from being accepted; a warning does not."""

    ERROR = "galat"
    WARNING = "peringatan"


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong in a pack file, where (`line` counts from 1) and what to do about it."""

    path: Path
    line: int
    message: str
    remedy: str
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        """Does this keep the packs from being accepted?"""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity}: {self.message}\n    Perbaikan: {self.remedy}"


class BrokenPacks(Exception):
    """The packs cannot be used at all; `faults` says why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


_SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("Isian {name} wajib ada, tetapi tidak ditemukan.", "Tambahkan {name}."),
    "extra_forbidden": ("Isian {name} tidak dikenal.", "Hapus, atau periksa ejaannya. {known}"),
    "string_type": ("Isian {name} harus berupa teks, bukan {got}.", "Apit nilainya dengan tanda kutip."),
    "string_too_short": ("Isian {name} kosong.", "Isi teksnya."),
    "string_too_long": ("Isian {name} terlalu panjang: paling panjang {max_length} huruf.", "Pendekkan."),
    "string_pattern_mismatch": ("Isian {name} tidak sesuai bentuknya: {got}.", "Tulis {shape}."),
    "int_type": ("Isian {name} harus berupa bilangan bulat, bukan {got}.", "Tulis bilangan bulat tanpa satuan."),
    "int_from_float": ("Isian {name} harus berupa bilangan bulat, bukan {got}.", "Tulis bilangan bulat tanpa satuan."),
    "float_type": ("Isian {name} harus berupa angka, bukan {got}.", "Tulis angka dengan titik desimal, misalnya 0.4."),
    "bool_type": ("Isian {name} harus true atau false, bukan {got}.", "Tulis true atau false tanpa tanda kutip."),
    "date_from_datetime_inexact": ("Isian {name} memuat jam: {got}.", "Tulis tanggal saja: TTTT-BB-HH."),
    "date_type": ("Isian {name} harus berupa tanggal, bukan {got}.", "Tulis tanggal sebagai TTTT-BB-HH tanpa kutip."),
    "list_type": ("Isian {name} harus berupa daftar, bukan {got}.", "Tulis setiap butir pada baris yang diawali '- '."),
    "dict_type": ("Isian {name} harus berupa pasangan kunci dan nilai, bukan {got}.", "Tulis sebagai 'kunci: nilai'."),
    "model_type": ("Isian {name} harus berupa pasangan kunci dan nilai, bukan {got}.", "Tulis sebagai 'kunci: nilai'."),
    "too_short": ("Isian {name} terlalu sedikit: paling sedikit {min_length} butir.", "Tambahkan butirnya."),
    "too_long": ("Isian {name} terlalu banyak: paling banyak {max_length} butir.", "Kurangi butirnya."),
    "literal_error": ("Isian {name} berisi {got}, yang tidak dikenal.", "Pilih salah satu: {expected}."),
    "enum": ("Isian {name} berisi {got}, yang tidak dikenal.", "Pilih salah satu: {expected}."),
    "greater_than_equal": ("Isian {name} berisi {got}; paling kecil {ge}.", "Ubah angkanya."),
    "less_than_equal": ("Isian {name} berisi {got}; paling besar {le}.", "Ubah angkanya."),
    "greater_than": ("Isian {name} berisi {got}; harus lebih besar daripada {gt}.", "Ubah angkanya."),
}
_SHAPES = {  # what a pattern of the schema asks for, in words
    r"^[a-e]$": "satu huruf a sampai e",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "huruf kecil, angka, dan tanda hubung, misalnya ramah-disabilitas",
    r"^(BP|AK|KO|HA|LO|AD|KL)[123]$": "kode nilai dan nomor perilaku, misalnya BP1",
    r"^[0-9]{2}-[a-z0-9]+(-[a-z0-9]+)*$": "nama berkas halaman tanpa .md, misalnya 03-dua-belas-asas",
    r"^[0-9]+(\.[0-9]+)*$": 'angka dan titik di antara tanda kutip, misalnya "2026.1"',
}
_FALLBACK = ("Isian {name} tidak dapat diterima: {got}.", "Bandingkan dengan skema di packs/schema.")


class PackError(ValueError):
    """Raised inside a model's validator: a whole sentence and its remedy."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


def sentences(error: ValidationError) -> Iterator[tuple[tuple[int | str, ...], str, str]]:
    """Each error of the schema once, as (place in the file, message, remedy)."""
    seen: set[tuple[int | str, ...]] = set()
    for detail in error.errors(include_url=False):
        if detail["loc"] in seen:
            continue
        seen.add(detail["loc"])
        yield detail["loc"], *_sentence(detail)


def _sentence(detail: ErrorDetails) -> tuple[str, str]:
    context: Mapping[str, Any] = detail.get("ctx", {})
    if isinstance(own := context.get("error"), PackError):
        return own.message, own.remedy
    message, remedy = _SENTENCES.get(detail["type"], _FALLBACK)
    facts = {
        "shape": _SHAPES.get(str(context.get("pattern")), f"menurut pola {context.get('pattern')}"),
        "known": "",
        "expected": "",
        **context,
        "name": repr(_name(detail["loc"])),
        "got": _shown(detail["input"]),
    }
    facts["expected"] = str(facts["expected"]).replace(" or ", ", ")
    return message.format_map(facts), remedy.format_map(facts).strip()


def _name(loc: tuple[int | str, ...]) -> str:
    words = [part for part in loc if isinstance(part, str)]
    return words[-1] if words else "isi berkas"


def _shown(value: object) -> str:
    if value is None:
        return "kosong"
    text = " ".join(str(value).split())
    return repr(text if len(text) <= 40 else text[:37] + "...")
