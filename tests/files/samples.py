"""Small files of every kind, made here."""

import io
import zipfile

import xlsxwriter
from PIL import Image
from PIL.ExifTags import Base

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"
WOFF2 = b"wOF2\x00\x01\x00\x00" + bytes(40)
CSV = "NIP;Nama\n1;Sari\n".encode("utf-8-sig")
TXT = b"Baris pertama tanpa pemisah\nbaris kedua\n"


def image(form: str = "PNG", size: tuple[int, int] = (6, 4), *, orientation: int = 1, mode: str = "RGB") -> bytes:
    """A picture with a camera's name in it; top left red."""
    picture = Image.new("RGB", size, "blue")
    picture.putpixel((0, 0), (255, 0, 0))
    exif = picture.getexif()
    exif[Base.Make] = "Kamera Rahasia"
    exif[Base.Orientation] = orientation
    out = io.BytesIO()
    picture.convert(mode).save(out, form, exif=exif, **({"quality": 100, "subsampling": 0} if form == "JPEG" else {}))
    return out.getvalue()


def xlsx() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write("A1", "Nama")
    return out.getvalue()


def package(*names: str, size: int = 10) -> bytes:
    """A ZIP with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, bytes(size))
    return out.getvalue()


def docx() -> bytes:
    return package("[Content_Types].xml", "word/document.xml")


VTT = b"WEBVTT\n\n00:00.500 --> 00:02.000\nSelamat pagi, ada yang bisa dibantu?\n"
WEBM = (
    b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webmB\x87\x81\x04" + b"\0" * 40
)
MKV = WEBM.replace(b"webm", b"mkv!")
MP3 = b"ID3\x04\0\0\0\0\0\0" + b"\xff\xfb\x90\x00" + b"\0" * 400
MP3_BARE = b"\xff\xfb\x90\x00" + b"\0" * 400
