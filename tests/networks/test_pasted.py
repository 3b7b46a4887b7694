"""Lists as people paste them: any shape gives the same people."""

import pytest

from portal.networks.pasted import read_pasted

INES = ("Ines Quarrie", "ines@school.example")


@pytest.mark.parametrize(
    "line",
    [
        "Ines Quarrie <ines@school.example>",
        '"Ines Quarrie" <ines@school.example>',
        '"Quarrie, Ines" <ines@school.example>',
        "ines@school.example, Ines Quarrie",
        "ines@school.example;Ines Quarrie",
        "Ines Quarrie\tines@school.example",
        "Ines\tQuarrie\tines@school.example",
        "Quarrie, Ines, ines@school.example",
        "Ines Quarrie (ines@school.example)",
        "  Ines   Quarrie ,, <mailto:ines@school.example> ; ",
        "Ines Quarrie: ines@school.example.",
    ],
)
def test_a_line_in_any_shape_is_one_person(line):
    found = [(one.name.rstrip(":"), one.address) for one in read_pasted(line)]
    assert found == [INES]


def test_a_bare_address_has_no_name_yet():
    assert [(one.name, one.address) for one in read_pasted("ines@school.example")] == [("", "ines@school.example")]


def test_several_people_in_one_line_are_several_people():
    line = "Ines Quarrie <ines@school.example>, Tobi Larkhill <tobi@school.example>; leon@school.example"
    found = [(one.name, one.address) for one in read_pasted(line)]
    assert found == [INES, ("Tobi Larkhill", "tobi@school.example"), ("", "leon@school.example")]


def test_bare_addresses_with_commas_are_several_people():
    assert [one.address for one in read_pasted("a@x.example, b@x.example,c@x.example")] == [
        "a@x.example",
        "b@x.example",
        "c@x.example",
    ]


def test_headings_and_blank_lines_are_passed_over_and_numbers_kept():
    found = read_pasted("Name\tEmail\n\nInes Quarrie\tines@school.example\n")
    assert [(one.line, one.address) for one in found] == [(3, "ines@school.example")]


def test_a_line_without_an_address_is_kept_to_be_shown():
    (one,) = read_pasted("Mairead, somewhere at school")
    assert one.address == "" and "Mairead" in one.text


@pytest.mark.parametrize("nonsense", ["a@", "@x.example", "a@@x.example", "a b@", "x" * 5000, "🙂 @ 🙂"])
def test_nonsense_gives_no_address_and_no_crash(nonsense):
    assert all(not one.address for one in read_pasted(nonsense))


def test_names_in_every_script_survive():
    (one,) = read_pasted("Ŵyn Ó Súilleabháin-Đặng 山田 <w@school.example>")
    assert one.name == "Ŵyn Ó Súilleabháin-Đặng 山田"
