"""A telephone's picture is taken as it comes and kept as a JPEG: upright, without place or camera, within bounds."""

import io

import pytest
from PIL import Image

from portal.web import uploads_heic
from portal.web.uploads import PICTURES, TABLES, UploadRefused, inspect
from tests.web import heic

RED, WHITE = (200, 20, 20), (255, 255, 255)


def kept(content, name="IMG_0412.HEIC", allowed=None):
    return inspect(io.BytesIO(content), name, allowed)


def is_near(dot, wanted):
    return all(abs(one - other) < 24 for one, other in zip(dot, wanted, strict=True))


def test_it_is_kept_as_a_jpeg_under_a_name_that_says_so():
    known = kept(heic.TILE.read_bytes(), allowed=PICTURES)
    assert (known.kind, known.media_type, known.extension) == ("jpeg", "image/jpeg", ".jpg")
    assert known.clean_name == "IMG_0412.jpg"
    with Image.open(known.stream) as picture:
        assert (picture.format, picture.size) == ("JPEG", (512, 512))


@pytest.mark.parametrize("name", ["scan.heif", "SCAN.Heic"])
def test_both_endings_are_known_in_any_case(name):
    assert kept(heic.TILE.read_bytes(), name).kind == "jpeg"


def test_place_and_camera_stay_behind():
    content = heic.TILE.read_bytes()
    assert b"Telefonwerk" in content
    known = kept(content)
    stored = known.stream.read()
    assert b"Telefonwerk" not in stored and b"Exif" not in stored and known.size == len(stored)


@pytest.mark.parametrize(("quarters", "size", "corner"), [(0, (1024, 512), (20, 20)), (3, (512, 1024), (490, 20))])
def test_it_stands_as_it_was_held(quarters, size, corner):
    """Three quarters against the clock are one with it: the red corner at the top left goes to the top right."""
    with Image.open(kept(heic.picture(2, 1, quarters)).stream) as picture:
        assert picture.size == size
        assert is_near(picture.getpixel(corner), RED)
        assert is_near(picture.getpixel((size[0] // 2, size[1] - 10)), WHITE)


def test_a_very_large_one_is_halved_and_still_readable():
    with Image.open(kept(heic.picture(14, 7)).stream) as picture:
        assert picture.size == (3584, 1792)


def test_forty_megabytes_are_taken():
    content = heic.TILE.read_bytes()
    padding = b"\x02\x62\x5a\x00free" + bytes(0x02625A00 - 8)
    assert len(content + padding) > 40_000_000
    assert kept(content + padding).kind == "jpeg"


def test_more_dots_than_any_telephone_takes_are_refused_from_the_header_alone():
    with pytest.raises(UploadRefused) as refused:
        kept(heic.picture(2, 1, says=(60_000, 60_000)))
    assert refused.value.reason == "picture-large" and "6000 dots across" in refused.value.sentence


@pytest.mark.parametrize(
    "content",
    [
        heic.TILE.read_bytes()[:600],
        heic.TILE.read_bytes()[:300],
        heic.picture(2, 1, says=(7000, 7000)),
        b"\0\0\0\x1cftypheic" + b"\0" * 400,
        b"<html><script>alert(1)</script></html>",
    ],
    ids=["cut in its dots", "cut in its head", "larger than its tiles", "a head and nothing else", "a page"],
)
def test_a_damaged_one_or_none_at_all_is_refused_with_what_to_do(content):
    with pytest.raises(UploadRefused) as refused:
        kept(content)
    assert refused.value.reason == "not-picture" and "save it once more" in refused.value.sentence


def test_a_program_under_that_name_is_called_one():
    with pytest.raises(UploadRefused) as refused:
        kept(b"MZ" + bytes(200))
    assert refused.value.reason == "program"


def test_one_that_takes_too_long_or_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(uploads_heic, "PATIENCE", 0.001)
    with pytest.raises(UploadRefused) as refused:
        kept(heic.TILE.read_bytes())
    assert refused.value.reason == "picture-large"


def test_it_is_no_table():
    with pytest.raises(UploadRefused, match="Another kind"):
        kept(heic.TILE.read_bytes(), allowed=TABLES)
