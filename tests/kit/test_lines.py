"""Contents as lines of text: what people type and paste is read, and what we write is read back."""

import time

import pytest

from portal.kit.fields import PartFields
from portal.kit.lines import as_lines, read_lines


@pytest.mark.parametrize(
    ("line", "quantity", "title"),
    [
        ("12 × AA cells", 12, "AA cells"),
        ("12x AA cells", 12, "AA cells"),
        ("AA cells x 12", 12, "AA cells"),
        ("AA cells (12)", 12, "AA cells"),
        ("AA cells: 12", 12, "AA cells"),
        ("12 AA cells", 12, "AA cells"),
        ("- 4 lamps", 4, "lamps"),
        ("USB leads", 1, "USB leads"),
        # A measure is no count.
        ("5 mm dowel", 1, "5 mm dowel"),
        ("11 × 5 mm dowel", 11, "5 mm dowel"),
        ("9V battery, 3", 3, "9V battery"),
        ("AA cells\t12\t0.40", 12, "AA cells"),
        ("12\tAA cells", 12, "AA cells"),
    ],
)
def test_a_line_says_how_many_of_what(in_app, line, quantity, title):
    with in_app():
        (part,), faults = read_lines(line, "GBP")
    assert (part.quantity, part.title, faults) == (quantity, title, [])


def test_boxes_stars_costs_and_notes_are_read_and_written_back(in_app):
    parts = [
        PartFields("AA cells", 24, 1, True, 40),
        PartFields("Boards", 12, 2, False, 1800, "in their foam"),
        PartFields("Leads", 3, 1),
    ]
    with in_app():
        for sign in ("\n", "; "):
            assert read_lines(as_lines(parts, "GBP", sign), "GBP") == (parts, [])


@pytest.mark.parametrize("line", ["12 ×", "99999 × pins", "4 × lamps @ a lot", "4 × lamps @ €3"])
def test_a_line_that_says_nothing_is_named(in_app, line):
    with in_app():
        parts, faults = read_lines(f"{line}\n2 × clips", "GBP")
    assert [part.title for part in parts] == ["clips"]
    assert len(faults) == 1 and line in faults[0]


def test_a_long_run_of_blanks_is_read_at_once():
    # Tried in every way there is, this took 40 seconds.
    started = time.process_time()
    [part], faults = read_lines(f"12 × AA{' ' * 19_000}cells\t\t", "EUR")
    assert (part.quantity, part.title, faults) == (12, "AA cells", [])
    read_lines(f"a{' ,' * 9_000}b", "EUR")
    assert time.process_time() - started < 1
