"""The pipeline alone: columns guessed, rows planned, counts that add up, bad rows returned as they came."""

import pytest

from portal.web.errors import DomainError, NotHere
from portal.web.importing import (
    Ask,
    Candidate,
    Create,
    Field,
    Importer,
    RowRefused,
    Unchanged,
    Update,
    check_columns,
    guess_columns,
    parse_columns,
    rehearse,
    rejects_csv,
    remember_columns,
    remembered_columns,
    run,
)
from portal.web.importing_waiting import keep, waiting_of
from portal.web.tables import read_pasted, read_sheet

FIELDS = (
    Field("name", "Name", ("full name", "school name"), required=True),
    Field("code", "Code", ("URN", "NCES school id")),
)


class Shelf(Importer):
    """Keeps names by code in a dictionary."""

    what = "shelf"
    fields = FIELDS

    def __init__(self, shelf):
        self.shelf, self.prepared = shelf, []

    def begin(self, columns, keep):
        super().begin(columns, keep)
        self.seen = dict(self.shelf)
        self.names = set(self.seen.values())

    def prepare(self, rows):
        self.prepared.append(len(rows))

    def plan(self, row):
        code, name = row.get("code"), row.get("name")
        if not name:
            raise RowRefused("No name.")
        if code not in self.seen:
            alike = name in self.names
            return Ask([Candidate(1, name, "same name")], Create((code, name))) if alike else Create((code, name))
        if self.seen[code] == name:
            return Unchanged(1)
        return Update(1, {"name": (self.seen[code], name)}, (code, name))

    def write(self, plan, row):
        code, name = plan.values
        self.seen[code] = name
        self.names.add(name)

    def flush(self):
        self.shelf.update(self.seen)


def columns_of(sheet):
    return guess_columns(sheet.headings, FIELDS)


def bring(text, shelf, **more):
    sheet = read_pasted(text)
    return run(Shelf(shelf), sheet, columns_of(sheet), **more)


@pytest.mark.parametrize("heading", ["Full name", "full_name", "FULL-NAME", " FullName* ", "Full  Name:"])
def test_a_heading_is_known_in_any_spelling(heading):
    assert guess_columns([heading], FIELDS) == {heading: "name"}


def test_the_best_guess_wins_and_a_heading_is_used_once():
    assert guess_columns(["School Name", "Name", "URN"], FIELDS) == {"Name": "name", "URN": "code"}


def test_counts_add_up_and_a_second_run_changes_nothing(in_app):
    with in_app():
        shelf = {}
        first = bring("Name\tURN\nA\t1\nB\t2\n\t3\n", shelf)
        again = bring("Name\tURN\nA\t1\nB\t2\n\t3\n", shelf)
    assert first.counts() == {"read": 3, "created": 2, "updated": 0, "unchanged": 0, "skipped": 0, "rejected": 1}
    assert again.counts() == {"read": 3, "created": 0, "updated": 0, "unchanged": 2, "skipped": 0, "rejected": 1}


def test_a_rehearsal_writes_nothing_and_counts_the_same(in_app):
    with in_app():
        shelf, sheet = {}, read_pasted("Name\tURN\nA\t1\nA\t1\n")
        plans = []
        ahead = rehearse(
            Shelf(shelf), sheet, columns_of(sheet), watch=lambda row, plan: plans.append(type(plan).__name__)
        )
        assert shelf == {} and plans == ["Create", "Unchanged"]
        assert ahead.counts() == run(Shelf(shelf), sheet, columns_of(sheet)).counts()


@pytest.mark.parametrize(
    ("decision", "how", "left"),
    [({}, "update", "B"), ({}, "skip", "A"), ({2: "keep"}, "update", "A"), ({2: "update"}, "skip", "B")],
)
def test_what_exists_is_replaced_or_left_as_decided(in_app, decision, how, left):
    with in_app():
        shelf = {"1": "A"}
        bring("Name\tURN\nB\t1\n", shelf, on_duplicate=how, decisions=decision)
    assert shelf == {"1": left}


def test_a_row_that_looks_alike_is_left_out_when_somebody_says_so(in_app):
    with in_app():
        shelf = {"1": "A"}
        assert bring("Name\tURN\nA\t2\n", shelf, decisions={2: "keep"}).skipped == 1
        assert bring("Name\tURN\nA\t2\n", shelf).created == 1


def test_bad_rows_come_back_as_they_came_with_the_reason(in_app):
    with in_app():
        sheet = read_pasted("Name,URN,Note\n,=1+1,keep me\n")
        outcome = run(Shelf({}), sheet, columns_of(sheet))
        back = read_sheet(rejects_csv(outcome, sheet), "rejects.csv")
    assert back.headings[:3] == ["Name", "URN", "Note"]
    assert list(back.rows) == [["", "=1+1", "keep me", "2", "No name."]]


def test_a_long_sheet_goes_in_chunks(in_app):
    with in_app():
        sheet = read_sheet(("Name,URN\n" + "".join(f"n{n},{n}\n" for n in range(100_000))).encode(), "long.csv")
        importer = Shelf({})
        assert run(importer, sheet, columns_of(sheet)).created == 100_000
    assert max(importer.prepared) <= 500


def test_columns_that_cannot_be_used_are_refused_in_words(in_app):
    with in_app():
        for columns in ({"Nowhere": "name"}, {"A": "nothing"}, {"A": "name", "B": "name"}, {"A": "code"}):
            with pytest.raises(DomainError):
                check_columns(columns, ["A", "B"], FIELDS)


def test_the_commands_mapping_finds_headings_nearly_as_written():
    assert parse_columns("school name=name, URN=code", ["School_Name", "URN"]) == {"School_Name": "name", "URN": "code"}


def test_a_choice_of_columns_is_remembered_for_the_same_headings(in_app):
    with in_app():
        remember_columns("shelf", ["A", "B"], {"A": "name"})
        assert remembered_columns("shelf", ["a ", "B"]) == {"A": "name"}
        assert remembered_columns("shelf", ["A", "C"]) is None


def test_a_waiting_sheet_is_only_hers(in_app):
    with in_app():
        waiting = keep(1, "people", "a.csv", b"Name\nA\n", False, {})
        assert waiting_of(1, "people", waiting.token).sheet().headings == ["Name"]
        for person, what, token in ((2, "people", waiting.token), (1, "packs", waiting.token), (1, "people", "../x")):
            with pytest.raises(NotHere):
                waiting_of(person, what, token)
