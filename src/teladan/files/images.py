"""Images are drawn anew, so that nothing but the picture is kept: no position, no camera, no hidden payload."""

import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps

MAX_PIXELS = 40_000_000  # about 160 MB while being drawn
MAX_SIDE = 4_096
_FORMATS = {"png": "PNG", "jpeg": "JPEG", "webp": "WEBP"}
_REFUSALS = (
    OSError,  # includes UnidentifiedImageError
    ValueError,
    SyntaxError,  # Pillow's for a broken PNG
    EOFError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class BadImage(ValueError):
    """The bytes are no picture of their kind, or one too large to draw."""


def redraw(content: BinaryIO, kind: str) -> bytes:
    """The first frame, upright, at most 4096 pixels a side, in the same format, without metadata; or BadImage."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(content, formats=[_FORMATS[kind]]) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise BadImage("too many pixels")
                picture = ImageOps.exif_transpose(opened)
                picture.load()
    except _REFUSALS as error:
        raise BadImage(str(error)) from error
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    if kind == "jpeg":
        picture = picture.convert("L" if picture.mode in {"1", "L", "I;16"} else "RGB")
    elif picture.mode not in {"1", "L", "P", "RGB", "RGBA"}:
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    picture.info = {key: value for key, value in picture.info.items() if key == "transparency"}
    out = io.BytesIO()
    picture.save(out, _FORMATS[kind], **({"optimize": True} if kind == "png" else {"quality": 85}))
    return out.getvalue()
