"""Pictures of a course: which files may be one, looked at by their first bytes and not by their name alone."""

from pathlib import Path

MOST_BYTES = 100_000  # our own choice: a page with its style and script stays near 60 kB, a picture may come after it
TYPES = {  # suffix -> content type
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
_LIVELY = (b"<script", b"javascript:", b"<foreignobject", b" onload", b" onclick")
KEEP_TO = "Pakai PNG, JPG, WebP, atau SVG."


def doubt(path: Path) -> tuple[str, str] | None:
    """What is wrong with a picture file: (message, remedy); None when nothing is."""
    if path.suffix.lower() not in TYPES:
        return f"Gambar {path.name!r} berjenis {path.suffix or 'tanpa akhiran'}, yang tidak didukung.", KEEP_TO
    content = path.read_bytes()
    if len(content) > MOST_BYTES:
        kilobytes = round(len(content) / 1000)
        return (
            f"Gambar {path.name!r} berukuran {kilobytes} kB; paling besar {MOST_BYTES // 1000} kB.",
            "Perkecil gambarnya (lebar 1.200 piksel cukup), atau simpan sebagai WebP.",
        )
    if _kind(content) != TYPES[path.suffix.lower()]:
        return f"Isi berkas {path.name!r} tidak sesuai dengan akhiran namanya.", f"Simpan ulang. {KEEP_TO}"
    if path.suffix.lower() == ".svg" and any(word in content.lower() for word in _LIVELY):
        return f"Gambar {path.name!r} memuat skrip.", "Simpan ulang sebagai SVG polos, tanpa skrip."
    return None


def _kind(content: bytes) -> str:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    return "image/svg+xml" if b"<svg" in content[:2000] else ""
