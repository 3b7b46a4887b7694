"""What changed between two texts, told word by word and without losing any."""

import time

from portal.web.differences import words_changed


def both(parts):
    old = "".join(part.text for part in parts if part.how in ("same", "gone"))
    new = "".join(part.text for part in parts if part.how in ("same", "new"))
    return old, new


def test_words_that_went_and_came_are_told_apart():
    parts = words_changed("Fold the card twice.", "Fold the paper twice.")
    assert [tuple(part) for part in parts] == [
        ("same", "Fold the "),
        ("gone", "card"),
        ("new", "paper"),
        ("same", " twice."),
    ]


def test_both_texts_can_be_read_from_the_whole():
    old = "Step one.\nStep two: cut.\n\nStep three."
    new = "Step one.\nStep three.\nStep four: glue it, then wait."
    assert both(words_changed(old, new, whole=True)) == (old, new)


def test_nothing_changed_is_nothing_to_tell():
    assert words_changed("The same ", "The same") == []


def test_what_stayed_is_left_out_where_it_is_long():
    long = " ".join(f"word{number}" for number in range(200))
    parts = words_changed(f"{long} old", f"{long} new")
    assert [part.how for part in parts] == ["left", "same", "gone", "new"]
    assert "word199" in parts[1].text and "word100" not in parts[1].text


def test_long_texts_without_anything_in_common_take_no_time():
    old = " ".join(f"a{number}" for number in range(20_000))
    new = "\n".join(f"b{number} c{number}" for number in range(20_000))
    begun = time.monotonic()
    assert words_changed(old, new)
    assert time.monotonic() - begun < 5


def test_line_ends_and_letters_by_chance_are_no_news():
    assert words_changed("One.\r\n\r\nTwo. \nThree", "One.\n\nTwo.\nThree") == []
    parts = words_changed("Pupils build a hand of card.", "Cut it and see a tail of wool.")
    assert [part.how for part in parts] == ["gone", "new"]
    kept = words_changed("one bag", "two bags and a", whole=True)
    assert both(kept) == ("one bag", "two bags and a")
