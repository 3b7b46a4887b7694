"""How a table is read: signs, encodings, headings, row numbers."""

import csv
import io
import json
import resource
import time
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from portal.web.tables import read_pasted, read_sheet


def workbook(*rows: tuple[object, ...], sheet: str = "Rows") -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return target.getvalue()


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_any_usual_sign_parts_the_cells(sign: str) -> None:
    text = f"name{sign}school{sign}town\nAda Moor{sign}High Fell, lower{sign} Withen \n"
    text = text if sign != "," else text.replace("High Fell, lower", '"High Fell, lower"')
    sheet = read_sheet(text.encode())
    assert sheet.delimiter == sign
    assert list(sheet.rows) == [["Ada Moor", "High Fell, lower", "Withen"]]


def test_the_sign_that_excel_names_in_the_first_line_is_taken() -> None:
    sheet = read_sheet(b"sep=;\r\na;b\r\n1,5;2,5\r\n")
    assert (sheet.delimiter, list(sheet.rows)) == (";", [["1,5", "2,5"]])


def test_decimal_commas_do_not_hide_semicolons() -> None:
    assert next(iter(read_sheet(b"a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n").rows)) == ["1,5", "2,5", "3,5"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "mac_roman"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_usual_encoding_and_line_end(encoding: str, line_end: str) -> None:
    lines = [
        "Vorname;Schule;Straße",
        "Jürgen Müßig;Höhere Schule Köln;Gänseweg 5",
        "Anaïs Périgord;Lycée André;Rue Bézout",
    ]
    sheet = read_sheet(line_end.join(lines).encode(encoding))
    assert sheet.headings[2] == "Straße"
    assert [row[0] for row in sheet.rows] == ["Jürgen Müßig", "Anaïs Périgord"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "jméno;škola\nZdeněk Šťastný;Základní škola Řípec\nBožena Dvořáková;Gymnázium Žďár\n"),
        ("cp1250", "imię;szkoła\nŁukasz Żółw;Szkoła Średnia\nStanisław Śliwa;Liceum w Łodzi\n"),
        ("cp1251", "имя;школа\nАнна Кузнецова;Гимназия номер пять\nПётр Иванов;Лицей\n"),
        ("cp1253", "όνομα;σχολείο\nΕλένη Παπαδοπούλου;Γυμνάσιο Αθηνών\nΝίκος Γεωργίου;Λύκειο\n"),
        ("shift_jis", "名前;学校\n山田太郎;東京都立高等学校\n鈴木花子;大阪中学校\n"),
    ],
)
def test_older_encodings_of_other_scripts_are_told_apart_and_said(encoding: str, text: str) -> None:
    sheet = read_sheet((text * 3).encode(encoding))
    assert sheet.headings == text.split("\n")[0].split(";")
    assert encoding in sheet.notes[0]


def test_a_person_can_overrule_the_guess() -> None:
    data = "a;b\nő;x\n".encode("cp1250")
    assert list(read_sheet(data, encoding="cp1250").rows) == [["ő", "x"]]


def test_one_broken_sign_in_a_long_text_is_noted_not_feared() -> None:
    data = b"name\n" + "Zoë\n".encode() * 100 + b"Ren\xe9\n"
    sheet = read_sheet(data)
    assert next(iter(sheet.rows)) == ["Zoë"]
    assert "1 sign could not" in sheet.notes[0]


def test_headings_are_never_blank_and_never_repeat() -> None:
    sheet = read_sheet(b"Name,,Name,Column 2, E  mail \n1,2,3,4,5\n")
    assert sheet.headings == ["Name", "Column 2", "Name (2)", "Column 2 (2)", "E mail"]


def test_titles_above_the_headings_are_left_out_and_said() -> None:
    sheet = read_sheet(b"Members of the network,,\nas of today,,\n,,\nname,school,town\na,b,c\nd,e,f\n")
    assert (sheet.headings, sheet.heading_row) == (["name", "school", "town"], 4)
    assert "row 4" in sheet.notes[0]


def test_the_row_of_the_headings_can_be_said() -> None:
    data = b"1,2\n3,4\n"
    assert "looks like data" in read_sheet(data).notes[0]
    sheet = read_sheet(data, heading_row=0)
    assert (sheet.headings, list(sheet.rows)) == (["Column 1", "Column 2"], [["1", "2"], ["3", "4"]])
    assert list(read_sheet(data, heading_row=2).rows) == []


def test_blank_rows_are_left_out_and_numbers_are_those_of_the_file() -> None:
    sheet = read_sheet(b'a,b\n\n1,"two\nlines"\n , \n3,4\n')
    assert list(sheet.numbered()) == [(3, ["1", "two\nlines"]), (5, ["3", "4"])]
    assert list(sheet.named())[1] == (5, {"a": "3", "b": "4"})


def test_rows_can_be_read_again_and_side_by_side() -> None:
    for sheet in (read_sheet(b"a\n1\n2\n"), read_sheet(workbook(("a",), (1,), (2,)))):
        assert list(sheet.rows) == list(sheet.rows)
        assert list(zip(sheet.rows, sheet.rows, strict=True)) == [(["1"], ["1"]), (["2"], ["2"])]


def test_rows_longer_than_the_headings_keep_their_cells() -> None:
    sheet = read_sheet(b"a,b\n1,2,3\n4,5\n")
    assert sheet.headings == ["a", "b", "Column 3"]
    assert list(sheet.rows) == [["1", "2", "3"], ["4", "5", ""]]
    assert sheet.notes == ["Some rows have more cells than there are headings: row 2."]


def test_a_quotation_mark_that_closes_too_late_is_noted() -> None:
    sheet = read_sheet(b'a,b,c\n1,"2,3\n4,5,6\n7,"8",9\n')
    assert "in row 2" in sheet.notes[-1]


def test_cells_of_a_workbook_come_as_they_would_be_typed() -> None:
    row = ("007", 7, 7.5, 0.1, 1e20, True, date(2026, 11, 19), datetime(2026, 11, 19, 17, 30), "=1+1x")
    (cells,) = read_sheet(workbook(tuple("abcdefghi"), (*row[:8], "plain"))).rows
    assert cells[:5] == ["007", "7", "7.5", "0.1", "100000000000000000000"]
    assert cells[5:] == ["TRUE", "2026-11-19", "2026-11-19 17:30", "plain"]


def test_the_first_sheet_with_rows_is_read() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet("Cover")
        hidden = book.add_worksheet("Secret")
        hidden.write(0, 0, "x")
        hidden.hide()
        book.add_worksheet("Members").write_column(0, 0, ["name", "Ada"])
    sheet = read_sheet(target.getvalue())
    assert (sheet.sheet_name, sheet.sheet_names) == ("Members", ["Cover", "Members"])


def test_a_workbook_that_starts_further_down_keeps_its_row_numbers() -> None:
    sheet = read_sheet(workbook((), (), ("name", "age"), ("Ada", 36)))
    assert (sheet.heading_row, list(sheet.numbered())) == (3, [(4, ["Ada", "36"])])


def test_rows_pasted_from_a_spreadsheet() -> None:
    sheet = read_pasted("name\tschool\nAda\tHigh Fell, lower\n")
    assert list(sheet.rows) == [["Ada", "High Fell, lower"]]


@pytest.mark.parametrize(
    "content", [{"A1": "one"}, {"A1": {"description": "one"}}, [{"code": "A1", "description": "one"}]]
)
def test_json_of_three_shapes(content: object) -> None:
    sheet = read_sheet(json.dumps(content).encode())
    assert (sheet.headings, list(sheet.rows)) == (["code", "description"], [["A1", "one"]])


def test_a_table_in_a_web_page_with_spans_and_entities() -> None:
    page = b"""<!DOCTYPE html><html><!-- <table><tr><td>no</td></tr></table> --><style>td{}</style><body><table>
    <tr><th colspan=2>Who</th><th>Where</th></tr><tr><td>Ada<td>Moor<td>High&nbsp;Fell &amp; Sons<br>West</tr></table>"""
    assert list(read_sheet(page).rows) == [["Ada", "Moor", "High Fell & Sons West"]]


def test_a_workbook_that_claims_a_million_rows_is_quick(shared_data: Path) -> None:
    start = time.monotonic()
    sheet = read_sheet(shared_data / "people-spreadsheets/micro-cases/tablib__bad_dimensions.xlsx")
    assert next(iter(sheet.rows)) == ["EP00001", "10000", "0.0367"]
    assert time.monotonic() - start < 10


def test_a_hundred_thousand_rows_take_seconds_and_little_memory() -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Region", "School", "Name", "Mail", "Phone", "Role"])
    for number in range(100_000):
        writer.writerow(
            ["North", f"School {number}", f"Name {number}", f"n{number}@example.org", "0161 496 0000", "Teacher"]
        )
    data = text.getvalue().encode()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    sheet = read_sheet(data)
    assert (len(sheet), sum(1 for _row in sheet.rows)) == (100_000, 100_000)
    assert time.process_time() - start < 3
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000
