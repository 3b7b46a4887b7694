"""Fields are filled for each reader and never leave a hole; what people are called brings no code along."""

import pytest
from markupsafe import escape

from portal.letters.fields import Marked, complaint, kept, shown, unknown_in
from portal.letters.mailing import Mailing, Sender
from portal.letters.models import Letter
from portal.letters.plain_text import as_text
from portal.letters.queries_audience import reader
from tests import cast
from tests.letters.writing import here, letter, person


def filled(text, **values):
    marked = Marked(text)
    return marked.fill(marked.text, {name.replace("_", " "): value for name, value in values.items()})


def test_a_field_is_her_name_and_an_empty_one_leaves_no_hole(in_app):
    with in_app():
        assert filled("Hello {first name},", first_name="Tobi") == "Hello Tobi,"
        assert filled("Hello {first name},", first_name=" ") == "Hello colleague,"
        assert filled("Hello {first name|friend},") == "Hello friend,"
        assert filled("Hello {First  Name},".replace("First  Name", "first name")) == "Hello colleague,"


@pytest.mark.parametrize("text", ["the set {1, 2, 3}", "a \\{brace}", "{", "{}", "x{2}", "no field"])
def test_what_is_no_field_is_left_alone(in_app, text):
    with in_app():
        assert unknown_in(text) == [] and filled(text) == text


def test_an_unknown_field_is_named_with_those_that_there_are(in_app):
    with in_app():
        assert unknown_in("Dear {frist name}, {shcool|x}, {name}") == ["frist name", "shcool"]
        assert "{frist name}" in complaint(["frist name"]) and "{first name}" in complaint(["frist name"])


def test_fields_are_kept_in_english_and_shown_in_the_writer_s_language(in_app, monkeypatch):
    from portal.letters import fields

    with in_app():
        monkeypatch.setitem(fields.NAMES, "first name", "Vorname")
        assert kept("Hallo {Vorname|du}") == "Hallo {first name|du}"
        assert shown("Hallo {first name|du}") == "Hallo {Vorname|du}"


def test_a_name_brings_neither_markdown_nor_html_along():
    marked = Marked("Hello {name}")
    html = marked.fill(f"<p>{marked.text}</p>", {"name": "<b>**x**</b>\r\nBcc: a@b.example"}, escape)
    assert html == "<p>Hello &lt;b&gt;**x**&lt;/b&gt; Bcc: a@b.example</p>"


def test_marks_that_somebody_pastes_fill_nothing():
    assert filled("\ue0000\ue001 {name}", name="Tobi") == "0 Tobi"


def test_a_name_with_line_breaks_makes_no_header(in_app):
    with in_app():
        person("tobi").name = "Tobi\r\nBcc: everybody@x.example"
        person("tobi").called = "Tobi\nX"
        made = Mailing(letter("For {name}"), here().network, Sender("Ines", "ines@x.example"))
        mail = made.queue(reader(cast.person_id("tobi")))
        assert mail.subject == "For Tobi Bcc: everybody@x.example" and "\n" not in mail.to_name


def test_plain_text_keeps_every_address_and_the_shape():
    markdown = (
        "# Thursday\n\nBring *card*, see [the plan](https://x.example/plan) or https://y.example.\n\n"
        "- tea\n- cake\n  - lemon\n\n1. one\n2. two\n\n> she said\n\n```\ncode {x}\n```\n\nA \\{brace\\}  \nand a line"
    )
    assert as_text(markdown) == (
        "Thursday\n\nBring card, see the plan (https://x.example/plan) or https://y.example.\n\n"
        "- tea\n- cake\n  - lemon\n\n1. one\n\n2. two\n\n> she said\n\ncode {x}\n\nA {brace}\nand a line"
    )


@pytest.mark.parametrize(
    "text", ["", "\n\n", "[" * 5000, "> " * 300 + "x", "| a |\n|---|\n| b |", "![x](/files/1)", "***"]
)
def test_any_markdown_has_a_plain_text(text):
    assert isinstance(as_text(text), str)


def test_a_letter_of_nothing_but_fields_is_whole(in_app):
    with in_app():
        one: Letter = letter("{network}", "{place of work}, {coordinator}")
        made = Mailing(one, here().network, Sender("Ines Quarrie", None))
        tobi, petra = (made.context(reader(cast.person_id(key))) for key in ("tobi", "petra"))
        assert tobi["words"] == "Low Garrick School, Ines Quarrie"
        assert petra["words"] == "your place of work, Ines Quarrie"


def test_links_to_our_own_pages_are_whole_and_pictures_are_their_words(in_app):
    with in_app():
        one = letter(body="See [the pack](/n/x/resources/1) ![A bridge](/files/a.png) and https://y.example/z.")
        said = Mailing(one, here().network, Sender("Ines", None)).context(reader(cast.person_id("tobi")))
        home = "http://127.0.0.1:8000"
        assert f"the pack ({home}/n/x/resources/1) A bridge" in said["words"]
        assert f'href="{home}/n/x/resources/1"' in said["prose"] and "<img" not in said["prose"]
        assert "A bridge" in said["prose"] and 'href="https://y.example/z"' in said["prose"]


def test_a_field_in_an_address_is_written_as_addresses_are(in_app):
    with in_app():
        person("tobi").called = 'T&"o'
        one = letter(body='[For {name}](https://x.example/?who={first name} "{first name}")')
        said = Mailing(one, here().network, Sender("Ines", None)).context(reader(cast.person_id("tobi")))
        assert said["words"] == "For Tobi Larkhill (https://x.example/?who=T%26%22o)"
        assert 'href="https://x.example/?who=T%26%22o"' in said["prose"] and 'title="T&amp;&#34;o"' in said["prose"]
