"""The HTML of a mail says what its text says, and nothing that people typed comes alive in it."""

import pytest

from portal.mail.dress import dress


@pytest.fixture
def dressed(in_app):
    def make(text):
        with in_app():
            return str(dress(text, "A mail"))

    return make


def test_a_button_keeps_its_bare_address_below(dressed):
    html = dressed("Come?\n\n[ I’m coming ]\nhttps://x.example/a/1\n")
    assert (
        html.count('href="https://x.example/a/1"') == 2
        and ">I’m coming</a>" in html
        and ">https://x.example/a/1</a>" in html
    )


def test_two_answers_are_two_buttons(dressed):
    html = dressed("[ Yes ]\nhttps://x.example/y\n[ No ]\nhttps://x.example/n\n")
    assert ">Yes</a>" in html and ">No</a>" in html


def test_what_stands_indented_is_a_band(dressed):
    assert 'class="band"' in dressed("About:\n\n    Thursday, 5 pm\n\nBye")


def test_the_foot_has_words_for_links(dressed):
    html = dressed("Hello\n\n-- \nTarn\nWhy you get it.\nNo more of these: https://x.example/s\n")
    assert '<a href="https://x.example/s" style="color:inherit">No more of these</a>' in html


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "[ <b>x</b> ]\nhttps://x.example/"]
)
def test_what_people_typed_stays_text(dressed, typed):
    html = dressed(f"{typed}\n\n-- \n{typed}")
    assert "<script>" not in html and "<img" not in html and "<b>" not in html
