"""Exports: nothing in them runs, everything in them is exact, and what is read back is what was written."""

import io
import re
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.web.sheets_out import inert
from portal.web.tables import (
    Column,
    SheetOut,
    as_download,
    csv_bytes,
    csv_stream,
    read_sheet,
    workbook_download,
    xlsx_bytes,
)

ACTIVE = [
    "=1+1",
    "+44 161 496 0000",
    "-2",
    "@sum(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    " =1",
    "'=1",
    '=HYPERLINK("http://evil.example","x")',
    "=cmd|' /C calc'!A0",
    "DDE",
]
EMPTY = Flask("tests")


def xml_of(workbook: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize("text", ACTIVE)
def test_no_cell_of_a_csv_starts_a_formula(text: str) -> None:
    line = csv_bytes(["a"], [[text]]).decode("utf-8-sig").split("\r\n", 1)[1]
    assert not re.match(r'["\s]*[=+\-@＝＋－＠\t\r]', line)


def test_headings_are_made_inert_too() -> None:
    assert csv_bytes(["=1"], []) == "\ufeff'=1\r\n".encode()


@pytest.mark.parametrize("text", ACTIVE)
def test_a_workbook_types_texts_as_texts(text: str) -> None:
    xml = xml_of(xlsx_bytes([SheetOut("Rows", ["a"], [[text]])]))
    assert "<f>" not in xml
    assert xml.count('t="inlineStr"') == 2


def test_addresses_and_digits_in_a_workbook_stay_plain_text() -> None:
    made = xlsx_bytes([SheetOut("Rows", ["a"], [["https://example.org", "007", "mailto:a@b.org"]])])
    assert "hyperlink" not in xml_of(made)
    assert list(read_sheet(made).rows) == [["https://example.org", "007", "mailto:a@b.org"]]


def test_values_are_written_as_what_they_are() -> None:
    row = [
        -3,
        2.5,
        Decimal("1.10"),
        date(2026, 11, 19),
        datetime(2026, 11, 19, 17, 30),
        time(9, 5),
        True,
        False,
        None,
        "",
    ]
    expected = ["-3", "2.5", "1.10", "2026-11-19", "2026-11-19 17:30", "09:05", "yes", "no"]
    columns = list("abcdefghij")
    assert next(read_sheet(csv_bytes(columns, [row])).rows)[:8] == expected
    expected[2] = "1.1"
    assert next(read_sheet(xlsx_bytes([SheetOut("R", columns, [row])])).rows)[:8] == expected


def test_a_moment_with_a_time_zone_keeps_it() -> None:
    moment = datetime(2026, 11, 19, 17, tzinfo=UTC)
    for made in (csv_bytes(["a"], [[moment]]), xlsx_bytes([SheetOut("R", ["a"], [[moment]])])):
        assert list(read_sheet(made).rows) == [["2026-11-19 17:00+00:00"]]


def test_negative_numbers_stay_numbers_in_a_workbook() -> None:
    assert "<v>-3</v>" in xml_of(xlsx_bytes([SheetOut("R", ["a"], [[-3]])]))


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(lambda text: " ".join(text.split()))
active = st.tuples(st.sampled_from(["=", "+", "-", "@", "'", "＝", "''="]), texts).map("".join).map(str.strip)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(texts | active, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_is_written_as_csv_is_read_back(rows: list[list[str]]) -> None:
    trimmed = [[cell.strip(" \u200b\u2060\ufeff\u00a0") for cell in row] for row in rows]
    wanted = [row for row in trimmed if any(row)]
    if wanted:
        assert list(read_sheet(csv_bytes(["one", "two", "three"], trimmed), heading_row=1).rows) == wanted


def test_what_is_written_as_a_workbook_is_read_back() -> None:
    rows = [[text.strip(), "ünï 🎈", "a\nb"] for text in ACTIVE]
    assert list(read_sheet(xlsx_bytes([SheetOut("Rows", ["a", "b", "c"], rows)])).rows) == [
        [row[0].removeprefix("'"), *row[1:]] for row in rows
    ]


def test_inert_text_is_otherwise_untouched() -> None:
    assert [inert(text) for text in ("Ada", "O'Neil", "3-4", "a=b", "")] == ["Ada", "O'Neil", "3-4", "a=b", ""]


def test_names_of_sheets_are_legal_and_different() -> None:
    names = ["Events: 2026/27 [all]*", "events  2026 27  all", "", "x" * 40, "X" * 40, "History", "'a'"]
    book = read_sheet(xlsx_bytes([SheetOut(name, ["a"], [["1"]]) for name in names]))
    assert len({name.casefold() for name in book.sheet_names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in book.sheet_names)


def test_a_text_longer_than_a_cell_is_cut_not_lost() -> None:
    made = xlsx_bytes([SheetOut("R", ["a"], [["x" * 40_000]])])
    assert len(next(read_sheet(made).rows)[0]) == 32_767


def test_a_stream_comes_in_pieces_and_reads_rows_only_when_asked() -> None:
    seen = []

    def rows() -> object:
        for number in range(2_000):
            seen.append(number)
            yield [number]

    stream = csv_stream(["a"], rows())  # type: ignore[arg-type]
    assert next(stream).startswith("\ufeffa\r\n0\r\n".encode())
    assert len(seen) < 1_000


@pytest.mark.parametrize(("kind", "media_type"), [("csv", "text/csv"), ("xlsx", "spreadsheetml.sheet")])
def test_a_download_says_what_it_is_and_never_runs(kind: str, media_type: str) -> None:
    with EMPTY.test_request_context():
        answer = as_download("Members; “all”\r\nX: 1", [Column("Name", 30)], [["Ada"]], kind)
    assert media_type in answer.content_type
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="') and "\n" not in disposition
    assert f".{kind}" in disposition
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert list(read_sheet(answer.get_data()).rows) == [["Ada"]]


def test_several_tables_in_one_workbook() -> None:
    with EMPTY.test_request_context():
        answer = workbook_download("report", [SheetOut("One", ["a"], [[1]]), SheetOut("Two", ["b"], [[2]])])
    assert list(read_sheet(answer.get_data(), sheet="Two").rows) == [["2"]]
