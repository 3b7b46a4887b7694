"""What cannot be read as a table is refused quickly, in a sentence, whatever it claims to be."""

import contextlib
import io
import random
import struct
import time
import zipfile

import pytest
import xlsxwriter

from portal.web.tables import SheetError, read_pasted, read_sheet


def refusal(data: bytes, name: str = "members.xlsx") -> str:
    start = time.monotonic()
    with pytest.raises(SheetError) as refused:
        list(read_sheet(data, name).rows)
    assert time.monotonic() - start < 15
    assert "\n" not in refused.value.sentence
    return refused.value.reason


def small_workbook() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet().write_row(0, 0, ["name", "school"])
    return target.getvalue()


def zipped(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def test_nothing_at_all() -> None:
    assert refusal(b"") == refusal(b"\xef\xbb\xbf\r\n \r\n") == "empty"
    with pytest.raises(SheetError, match="Nothing was pasted"):
        read_pasted(" \n ")


def test_a_web_page_that_says_access_denied() -> None:
    assert refusal(b"<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY>no</BODY></HTML>") == "web-page"
    assert refusal("\ufeff<!doctype html><p>Sign in".encode("utf-16-le")) == "web-page"


def test_the_lock_file_that_office_leaves() -> None:
    assert refusal(b"\x08Ada Moor".ljust(55) + b"\x08\0A\0d\0a\0".ljust(110, b"\0"), "~$members.xlsx") == "lock-file"


@pytest.mark.parametrize("seed", range(8))
def test_binary_rubbish(seed: int) -> None:
    assert refusal(random.Random(seed).randbytes(5_000)) == "not-a-table"


def test_other_kinds_of_file() -> None:
    for start in (b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\x7fELF\x02\x01", b"MZ\x90\0"):
        assert refusal(start + b"a,b\n1,2\n") == "not-a-table"
    assert refusal(zipped(**{"readme.txt": b"hello"})) == "not-a-table"


def test_a_locked_workbook() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 1000
    assert refusal(ole) == "locked"
    data = bytearray(small_workbook())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        data[place + offset] |= 1
    assert refusal(bytes(data)) == "locked"


def test_an_old_word_document_under_another_name() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016 + "WordDocument".encode("utf-16-le") + b"\0" * 1000
    assert refusal(ole, "list.xls") == "not-a-table"


def test_a_damaged_workbook() -> None:
    whole = small_workbook()
    assert refusal(whole[: len(whole) // 2]) == "unsafe"
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x01" * 3000) == "damaged"
    assert refusal(zipped(xl__workbook=b"<", **{"[Content_Types].xml": b"<"})) == "damaged"


def test_a_workbook_that_unpacks_to_gigabytes() -> None:
    assert refusal(zipped(**{"[Content_Types].xml": b"", "xl/worksheets/sheet1.xml": b" " * 150_000_000})) == "unsafe"


def test_two_cells_at_the_far_corners_take_no_memory() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet()
        page.write(0, 0, "a")
        page.write(1_048_575, 16_383, "z")
    assert refusal(target.getvalue()) == "unsafe"


def test_a_quotation_mark_that_never_closes() -> None:
    with pytest.raises(SheetError, match="row 3 and never closes") as refused:
        read_sheet(b'a,b\n1,2\n3,"four\n5,6\n7,8\n')
    assert refused.value.reason == "open-quote"
    assert refusal(b'a,b\n1,2\n"' + b"x" * 200_000 + b'"y\n') == "open-quote"


def test_tables_that_are_too_large() -> None:
    assert refusal(b"a" * 20_000_001) == "too-large"
    assert refusal(b"a,b\n" + b"1,2\n" * 200_001) == "too-many-rows"
    assert refusal(b"a,b\n" + b"1," * 201 + b"1\n") == "too-many-columns"
    assert refusal(b"a,b\n" + b"1,2," * 500_000) == "not-a-table"


def test_200_000_rows_and_200_columns_still_go() -> None:
    assert len(read_sheet(b"a,b\n" + b"1,2\n" * 200_000)) == 200_000
    assert len(read_sheet(b"h," * 199 + b"h\n").headings) == 200


def test_a_sheet_that_is_not_there() -> None:
    with pytest.raises(SheetError) as refused:
        read_sheet(small_workbook(), sheet="Nowhere")
    assert refused.value.reason == "no-sheet"


@pytest.mark.parametrize(
    "data",
    [
        b"<html><table>" * 300_000,
        b"<table><tr>" + b"<td colspan=200>a" * 200_000,
        b"<html>" + b"<" * 3_000_000,
        b"<html>" + b"<!--" * 1_000_000,
        b"[" * 3_000_000,
        b'"' * 900_000,
    ],
)
def test_files_made_to_keep_us_busy(data: bytes) -> None:
    assert refusal(data)


@pytest.mark.parametrize("seed", range(30))
def test_a_workbook_with_flipped_bytes_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(small_workbook())
    for _ in range(20):
        data[chance.randrange(len(data))] = chance.randrange(256)
    with contextlib.suppress(SheetError):
        list(read_sheet(bytes(data)).rows)


def test_an_old_workbook_with_flipped_bytes_is_read_or_refused(shared_data: object) -> None:
    whole = (shared_data / "people-spreadsheets/micro-cases/tablib__dates.xls").read_bytes()  # type: ignore[operator]
    for seed in range(20):
        data = bytearray(whole)
        struct.pack_into("<I", data, 512 + seed * 97, 0xFFFFFFF0)
        with contextlib.suppress(SheetError):
            list(read_sheet(bytes(data)).rows)
