"""A pack on paper: its words, and that it is a PDF in which they stand."""

import io

import pypdfium2
import pytest

from portal.resources.blocks import blocks
from portal.web.prose import render
from tests.resources.packs import PAGE, make_pack

ABOUT = "## Before\n\nCut the card.\n\n1. Fold\n2. Load\n\n- tape\n- sugar\n\n> Ask *why*.\n\n| a | b |\n|---|---|\n| 1 | 2 |"


def test_prose_becomes_blocks():
    assert blocks(render(ABOUT)) == [
        ["head", "Before"],
        ["text", "Cut the card."],
        ["item", "1. Fold"],
        ["item", "2. Load"],
        ["item", "• tape"],
        ["item", "• sugar"],
        ["text", "Ask why."],
        ["text", "a   b"],
        ["text", "1   2"],
    ]
    assert blocks("") == []


@pytest.mark.parametrize("markdown", ["1. one\n\n   two\n2. three", "- a\n  - b\n- c", "a\\\nb", "***"])
def test_no_word_is_lost_on_the_way(markdown):
    said = "".join(text for _kind, text in blocks(render(markdown)))
    assert all(letter in said for letter in markdown if letter.isalpha())


def test_the_sheet_holds_facts_steps_files_and_where_it_came_from(in_app, as_):
    with in_app():
        pack = make_pack(about=ABOUT)
    answer = as_("petra").get(f"{PAGE}{pack}/sheet")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="Paper bridges.pdf"')
    paper = pypdfium2.PdfDocument(io.BytesIO(answer.data))
    text = "".join(page.get_textpage().get_text_range() for page in paper)
    paper.close()
    for told in ("Mind the falling sugar.", "1. Fold", "A film of a bridge", "CC BY 4.0", f"/resources/{pack}"):
        assert told in text
