"""Uploaded pictures: what is refused, what is kept, and that nothing travels along."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image

from articles import pictures

GPS, CAMERA, ORIENTATION = 0x8825, 0x0110, 0x0112


def picture_file(size=(1600, 1000), kind="JPEG", mode="RGB", exif=None, color=(20, 66, 122)):
    target = BytesIO()
    image = Image.new(mode, size, color)
    image.save(target, kind, **({"exif": exif} if exif else {}))
    target.seek(0)
    return target


def stored(picture):
    return Path(settings.MEDIA_ROOT) / picture.file.name


@pytest.mark.django_db
def test_a_picture_is_kept_as_jpeg_with_the_two_renditions_that_pages_name():
    picture = pictures.store_picture(picture_file((3000, 1500)), alt="A blue field")
    assert (picture.width, picture.height) == (2000, 1000)
    with Image.open(stored(picture)) as image:
        assert (image.format, image.size) == ("JPEG", (2000, 1000))
    for width in (640, 1280):
        name = picture.rendition(width).removeprefix(settings.MEDIA_URL)
        with Image.open(Path(settings.MEDIA_ROOT) / name) as image:
            assert (image.format, image.width) == ("WEBP", width)


@pytest.mark.django_db
def test_place_camera_and_comment_are_gone_from_every_file():
    exif = Image.Exif()
    exif[CAMERA] = "A camera with a serial number"
    exif.get_ifd(GPS)[2] = (40.0, 26.0, 46.0)
    original = picture_file(exif=exif)
    with Image.open(original) as image:
        assert image.getexif().get_ifd(GPS)
    picture = pictures.store_picture(original, alt="A blue field")
    files = list(stored(picture).parent.glob(f"{stored(picture).stem}*"))
    assert len(files) == 3
    for file in files:
        assert b"serial number" not in file.read_bytes()
        with Image.open(file) as image:
            assert not image.getexif()
            assert not {"exif", "icc_profile", "comment", "xmp"} & set(image.info)


@pytest.mark.django_db
def test_a_picture_taken_sideways_is_turned_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    picture = pictures.store_picture(picture_file((1600, 1000), exif=exif), alt="A field")
    assert (picture.width, picture.height) == (1000, 1600)


@pytest.mark.django_db
def test_a_small_picture_is_never_enlarged():
    picture = pictures.store_picture(picture_file((500, 400)), alt="A field")
    assert picture.width == 500
    name = picture.rendition(1280).removeprefix(settings.MEDIA_URL)
    with Image.open(Path(settings.MEDIA_ROOT) / name) as image:
        assert image.width == 500


@pytest.mark.parametrize(
    ("mode", "kind", "color"),
    [
        ("RGBA", "PNG", (0, 0, 0, 0)),
        ("P", "PNG", 3),
        ("L", "PNG", 90),
        ("LA", "PNG", (0, 0)),
        ("CMYK", "JPEG", (0, 0, 0, 0)),
        ("RGB", "WEBP", (1, 2, 3)),
    ],
)
def test_other_formats_become_plain_colour(mode, kind, color):
    image = pictures.read_image(picture_file((400, 300), kind, mode, color=color))
    assert image.mode == "RGB"
    if mode in {"RGBA", "LA"}:
        assert image.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (BytesIO(b"not a picture"), "could not read this file"),
        (BytesIO(b""), "could not read this file"),
        (BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "could not read this file"),
        (BytesIO(picture_file().getvalue()[:900]), "could not read this file"),
        (picture_file((100, 80)), "only 100 by 80 pixels"),
        (picture_file((8000, 6300), "PNG", "1", color=1), "50 million pixels"),
        (BytesIO(b"\xff\xd8" + b"0" * pictures.MAX_BYTES), "larger than 12 megabytes"),
    ],
)
def test_what_cannot_be_a_picture_here_is_refused_with_the_reason(file, says):
    with pytest.raises(ValidationError, match=says):
        pictures.read_image(file)


@pytest.mark.django_db
def test_other_words_for_a_picture_leave_the_old_ones_to_older_revisions():
    picture = pictures.store_picture(picture_file(), alt="A field")
    other = pictures.reworded(picture, alt="A blue field", caption="", credit="")
    assert other.pk != picture.pk
    assert (other.file.name, other.width) == (picture.file.name, picture.width)
    assert pictures.reworded(other, alt="A blue field", caption="", credit="") == other
