"""Every real table that was collected: each gives its known number of rows, or is refused for the right reason."""

from pathlib import Path

import pytest

from portal.web.tables import SheetError, read_sheet

PEOPLE = "people-spreadsheets"
HORROR = f"{PEOPLE}/messytables-horror"
MICRO = f"{PEOPLE}/micro-cases"
SHAPES = f"{PEOPLE}/import-shapes"
AGAIN = f"{PEOPLE}/reencoded"

# file → rows, number of columns, row of the headings
READ = {
    f"{PEOPLE}/ca_districts_raw.txt": (1070, 22, 1),
    f"{PEOPLE}/ca_superintendents.csv": (1070, 9, 1),
    f"{PEOPLE}/oh_districts_raw.csv": (607, 9, 1),
    f"{PEOPLE}/oh_superintendents.csv": (607, 7, 1),
    f"{PEOPLE}/tx_superintendents.csv": (1218, 6, 1),
    f"{AGAIN}/ca_superintendents__cp1252_comma.csv": (1070, 9, 1),
    f"{AGAIN}/oh_districts__excel_unicode_text_utf16le_tab.txt": (607, 9, 1),
    f"{AGAIN}/oh_superintendents__saved_as.xlsx": (607, 7, 1),
    f"{AGAIN}/tx_superintendents__utf8bom_semicolon_crlf.csv": (1218, 6, 1),
    f"{SHAPES}/amy__upgrade_instructor_profiles1.csv": (1, 15, 1),
    f"{SHAPES}/amy__upload-empty-middle.csv": (3, 4, 1),
    f"{SHAPES}/amy__upload-missing-email.csv": (3, 3, 1),
    f"{SHAPES}/amy__upload-person-3.csv": (3, 4, 1),
    f"{SHAPES}/moodle_booking__import_minimal.csv": (3, 7, 1),
    f"{SHAPES}/moodle_booking__import_users_and_teachers.csv": (7, 13, 1),
    f"{HORROR}/badcolspan.html": (3, 4, 1),
    f"{HORROR}/blank_line.ods": (3, 3, 1),
    f"{HORROR}/complex.csv": (3, 4, 1),
    f"{HORROR}/complex.html": (2, 1, 1),
    f"{HORROR}/excel_pasting.csv": (16, 9, 4),
    f"{HORROR}/excel_properties.xls": (17, 1, 1),
    f"{HORROR}/null.csv": (9, 4, 1),
    f"{HORROR}/simple.csv": (6, 3, 1),
    f"{HORROR}/simple.ods": (3, 3, 1),
    f"{HORROR}/simple.psv": (28, 6, 1),
    f"{HORROR}/simple.ssv": (6, 3, 1),
    f"{HORROR}/simple.xlsx": (6, 3, 1),
    f"{HORROR}/skip_initials.csv": (2, 2, 1),
    f"{HORROR}/small.csv": (0, 1, 1),
    f"{HORROR}/spanish_chars.csv": (115, 8, 1),
    f"{HORROR}/unicode_sheet_name.xls": (0, 1, 1),
    f"{HORROR}/utf-16le_encoded.csv": (327, 19, 1),
    f"{HORROR}/weird_head_padding.csv": (76, 10, 12),
    f"{MICRO}/csvkit__FY09_EDU_Recipients_by_State.csv": (52, 9, 1),
    f"{MICRO}/csvkit__bad.csv": (3, 4, 1),
    f"{MICRO}/csvkit__bad_skip_lines.csv": (3, 4, 4),
    f"{MICRO}/csvkit__blanks.csv": (1, 6, 1),
    f"{MICRO}/csvkit__dummy.tsv": (1, 3, 1),
    f"{MICRO}/csvkit__mac_newlines.csv": (2, 3, 1),
    f"{MICRO}/csvkit__ne_1033_data.xlsx": (1036, 14, 1),
    f"{MICRO}/csvkit__null_byte.csv": (1, 3, 1),
    f"{MICRO}/csvkit__sheets.xlsx": (5, 8, 1),
    f"{MICRO}/csvkit__test_date_format.csv": (2, 1, 1),
    f"{MICRO}/csvkit__test_empty_columns.csv": (2, 3, 1),
    f"{MICRO}/csvkit__test_skip_lines.xlsx": (5, 8, 4),
    f"{MICRO}/csvkit__test_utf16_little.csv": (2, 3, 1),
    f"{MICRO}/csvkit__test_utf8_bom.csv": (2, 3, 1),
    f"{MICRO}/csvspectrum__comma_in_quotes.csv": (1, 5, 1),
    f"{MICRO}/csvspectrum__empty.csv": (2, 3, 1),
    f"{MICRO}/csvspectrum__json.csv": (1, 2, 1),
    f"{MICRO}/csvspectrum__newlines.csv": (3, 3, 1),
    f"{MICRO}/csvspectrum__simple_crlf.csv": (1, 3, 1),
    f"{MICRO}/csvspectrum__utf8.csv": (2, 3, 1),
    f"{MICRO}/pyexcel__date_field.xls": (4, 2, 1),
    f"{MICRO}/pyexcel__file_with_an_empty_sheet.xlsx": (1, 3, 1),
    f"{MICRO}/pyexcel__non-uniform-rows.csv": (6, 8, 1),
    f"{MICRO}/tablib__bad_dimensions.xlsx": (3, 3, 1),
    f"{MICRO}/tablib__dates.xls": (1, 1, 1),
    f"{MICRO}/tablib__founders.xlsx": (3, 3, 1),
    f"{MICRO}/tablib__ragged.ods": (1, 4, 1),
    "schools/england_edubase_2017_subset.csv": (2807, 35, 1),
    "schools/geocoded_washington_schools.csv": (2553, 28, 1),
    "schools/missouri_districts.csv": (558, 10, 1),
    "schools/missouri_districts.geojson": (558, 11, 1),
    "schools/missouri_schools_coordinates.csv": (2412, 3, 1),
    "schools/nces_districts_MO_OR_WA.csv": (1128, 14, 1),
    "schools/washington_districts.csv": (342, 18, 1),
    "schools/washington_districts_nces_download.xls": (342, 18, 6),
    "standards-us/formatted_CommonCoreMath.csv": (517, 9, 1),
    "standards-us/formatted_ngss.csv": (544, 11, 1),
    "standards-us/ngss_element_codes.csv": (654, 2, 1),
    "standards-us/ngss_performance_expectations.csv": (208, 13, 1),
    "standards-us/standards-ngss-dictionary.json": (100, 3, 1),
    "standards-us/standards-csta-dictionary.json": (103, 3, 1),
    "standards-us/standards-k12cs-dictionary.json": (34, 3, 1),
    "standards-us/standards-cc-math-dictionary.json": (431, 3, 1),
    "standards-us/standards-or-dictionary.json": (226, 3, 1),
    "standards-england/national_curriculum_concepts.csv": (52, 7, 1),
    "oer-lessons/csunplugged_lessons.csv": (26, 15, 1),
    "oer-lessons/bootstrap_lessons.csv": (71, 12, 1),
    "oer-lessons/bootstrap_image_credits.csv": (889, 7, 1),
    "oer-lessons/teals_python_lessons.csv": (44, 10, 1),
    "oer-lessons/kolibri_licenselookup.json": (9, 6, 1),
    "unicode-names/cldr_sample_person_names.csv": (504, 13, 1),
    "calendars/spreadsheet/fl_school_calendar_dates_2025-26.xlsx": (82, 11, 5),
}
REFUSED = {
    f"{PEOPLE}/mi_districts.xlsx": "web-page",
    f"{HORROR}/libreoffice.xlsx": "no-rows",
    f"{HORROR}/simple.unknown": "empty",
    f"{MICRO}/csvkit__testdbf.dbf": "not-a-table",
    "resource-files/access_denied_saved_as.xlsx": "web-page",
    "resource-files/~$allStandards.xlsx": "lock-file",
    "resource-files/ketchup-problem.pdf": "not-a-table",
    "resource-files/kids-parity-trick.jpg": "not-a-table",
    "resource-files/2018-HoC-Video6.mp4": "not-a-table",
    "resource-files/tree-diagrams.pptx": "not-a-table",
    "resource-files/teals_python_u1_rubric.docx": "not-a-table",
    "resource-files/nut.ply": "not-a-table",
}


@pytest.mark.parametrize("name", READ)
def test_a_real_table_gives_all_its_rows(shared_data: Path, name: str) -> None:
    sheet = read_sheet(shared_data / name, Path(name).name)
    rows = list(sheet.rows)
    assert (len(sheet), len(sheet.headings), sheet.heading_row) == READ[name]
    assert len(rows) == len(sheet)
    assert all(len(row) == len(sheet.headings) for row in rows)
    assert len(set(sheet.headings)) == len(sheet.headings) and all(sheet.headings)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_in_words(shared_data: Path, name: str) -> None:
    with pytest.raises(SheetError) as refused:
        read_sheet(shared_data / name, Path(name).name)
    assert refused.value.reason == REFUSED[name]
    assert refused.value.sentence.endswith((".", "?", "$."))


def test_no_spreadsheet_of_the_collection_is_left_out(shared_data: Path) -> None:
    folders = [shared_data / PEOPLE, shared_data / "schools"]
    found = {path for folder in folders for path in folder.rglob("*") if path.is_file() and path.name != "SOURCE.md"}
    assert {str(path.relative_to(shared_data)) for path in found} - READ.keys() - REFUSED.keys() == set()


def test_one_directory_in_two_encodings_is_one_directory(shared_data: Path) -> None:
    folder = shared_data / PEOPLE
    for plain, again in (
        ("ca_superintendents.csv", "ca_superintendents__cp1252_comma.csv"),
        ("oh_districts_raw.csv", "oh_districts__excel_unicode_text_utf16le_tab.txt"),
        ("oh_superintendents.csv", "oh_superintendents__saved_as.xlsx"),
        ("tx_superintendents.csv", "tx_superintendents__utf8bom_semicolon_crlf.csv"),
    ):
        assert list(read_sheet(folder / plain).rows) == list(read_sheet(folder / "reencoded" / again).rows)


def test_the_web_page_under_the_name_of_a_workbook_holds_what_the_csv_holds(shared_data: Path) -> None:
    page = read_sheet(shared_data / "schools/washington_districts_nces_download.xls")
    table = read_sheet(shared_data / "schools/washington_districts.csv")
    assert page.headings[:3] == table.headings[:3]
    assert [row[0] for row in page.rows] == [row[0] for row in table.rows]
    assert next(page.column("Students*")) == next(table.column("Students*"))


def test_every_sheet_of_a_workbook_can_be_chosen(shared_data: Path) -> None:
    book = shared_data / "standards-us/CodesForNGSSelements_TedWillard.xlsx"
    assert len(read_sheet(book).sheet_names) == 11
    assert len(read_sheet(book, sheet="PE Codes")) == 208
    assert len(read_sheet(book, sheet="SEP Codes")) == 178
    assert "12 sheets" not in "".join(read_sheet(book, sheet="PE Codes").notes)


def test_a_code_table_keeps_its_lists(shared_data: Path) -> None:
    sheet = read_sheet(shared_data / "standards-us/standards-csta-dictionary.json")
    assert sheet.headings == ["code", "description", "lessons"]
    assert next(sheet.column("code")) == "1B-CS-01"
