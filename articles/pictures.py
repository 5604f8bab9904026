"""Uploaded pictures: checked, turned upright, encoded anew in the sizes that pages ask for.

Nothing of the uploaded file is kept, so no camera, place or hidden preview is published with it.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePosixPath
from typing import IO
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from .models import Picture

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 50_000_000
MIN_WIDTH = 320
LARGEST_SIDE = 2000
RENDITION_WIDTHS = (640, 1280)

_FORMATS = ["JPEG", "PNG", "WEBP", "AVIF"]
_PAPER = (255, 255, 255)


def store_picture(
    file: File[bytes] | IO[bytes], *, alt: str, caption: str = "", credit: str = ""
) -> Picture:
    """Keep a picture as JPEG and, for ``Picture.rendition``, as WebP in two widths beside it."""
    return keep(written(read_image(file), alt=alt, caption=caption, credit=credit))


def written(image: Image.Image, *, alt: str, caption: str = "", credit: str = "") -> Picture:
    """A picture with its files and without its row yet; whoever does not save it discards it.

    Encoding takes its time, and no transaction should wait for it.
    """
    # A new name for every upload: browsers keep a picture for a year under its address.
    name = uuid4().hex
    path = f"pictures/{name}.jpg"
    picture = Picture(
        file=path, width=image.width, height=image.height, alt=alt, caption=caption, credit=credit
    )
    try:
        for width in RENDITION_WIDTHS:
            rendition = _no_larger_than(image, width, LARGEST_SIDE * 2)
            default_storage.save(f"pictures/{name}-{width}.webp", _encoded(rendition, "WEBP", 78))
        default_storage.save(path, _encoded(image, "JPEG", 84))
    except Exception:
        discard(picture)
        raise
    return picture


def keep(picture: Picture) -> Picture:
    """Save the row of a picture that is ``written``, or keep nothing of it."""
    try:
        picture.save()
    except Exception:
        discard(picture)
        raise
    return picture


def discard(picture: Picture) -> None:
    """Remove the files of a picture whose row was not kept: no rollback does that for us."""
    path = PurePosixPath(str(picture.file))
    default_storage.delete(str(path))
    for width in RENDITION_WIDTHS:
        default_storage.delete(str(path.with_name(f"{path.stem}-{width}.webp")))


def reworded(picture: Picture, *, alt: str, caption: str, credit: str) -> Picture:
    """The same image with other words; a new row, for older revisions still show the old ones."""
    if (picture.alt, picture.caption, picture.credit) == (alt, caption, credit):
        return picture
    return Picture.objects.create(
        file=picture.file.name,
        width=picture.width,
        height=picture.height,
        alt=alt,
        caption=caption,
        credit=credit,
    )


def read_image(file: File[bytes] | IO[bytes]) -> Image.Image:
    """Upright, in sRGB, no larger than we need; or a ValidationError that says what is wrong."""
    file.seek(0, 2)
    if file.tell() > MAX_BYTES:
        raise ValidationError(
            _("This file is larger than %(limit)s megabytes. Please choose a smaller one.")
            % {"limit": MAX_BYTES // 1024 // 1024},
            code="too_large",
        )
    file.seek(0)
    try:
        with Image.open(file, formats=_FORMATS) as image:
            _refuse_unsuitable_size(image)
            image.load()
            upright = ImageOps.exif_transpose(image)
            return _no_larger_than(_flattened(upright), LARGEST_SIDE, LARGEST_SIDE)
    except ValidationError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    # Pillow's decoders report a damaged file in any of these ways.
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise ValidationError(
            _(
                "We could not read this file as a picture. "
                "Please choose a JPEG, PNG, WebP or AVIF file."
            ),
            code="unreadable",
        ) from error


def _refuse_unsuitable_size(image: Image.Image) -> None:
    """Before a pixel is decoded, for a small file may unpack to gigabytes."""
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if max(width, height) < MIN_WIDTH:
        raise ValidationError(
            _("This picture is only %(width)s by %(height)s pixels. It needs at least %(least)s.")
            % {"width": width, "height": height, "least": MIN_WIDTH},
            code="too_small",
        )


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("This picture has more than %(limit)s million pixels. Please make it smaller first.")
        % {"limit": MAX_PIXELS // 1_000_000},
        code="too_many_pixels",
    )


def _flattened(image: Image.Image) -> Image.Image:
    """Plain red, green and blue; what was transparent becomes white paper."""
    if image.mode == "RGB":
        return image
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGB", layered.size, _PAPER)
        paper.paste(layered, mask=layered.getchannel("A"))
        return paper
    return image.convert("RGB")


def _no_larger_than(image: Image.Image, width: int, height: int) -> Image.Image:
    smaller = image.copy()
    smaller.thumbnail((width, height), Image.Resampling.LANCZOS)
    # What an encoder would otherwise write into the new file: EXIF, colour profile, comments.
    smaller.info = {}
    return smaller


def _encoded(image: Image.Image, kind: str, quality: int) -> ContentFile[bytes]:
    target = BytesIO()
    if kind == "JPEG":
        image.save(target, kind, quality=quality, optimize=True, progressive=True)
    else:
        image.save(target, kind, quality=quality, method=4)
    return ContentFile(target.getvalue())
