"""Notes of a lesson: a line at a time from a phone, nobody's but the observer's until she shows them."""

import pytest

from portal.coaching.observing import Line, lines_in, with_line, without_line
from tests.coaching.pairs import BASE, cycle, pair, posted

__all__ = ["cycle", "pair"]


@pytest.fixture
def at(cycle):
    return f"{BASE}/cycles/{cycle}"


def note(browser, where, /, **typed):
    return browser.post(f"{where}/lines", data={"text": "Four hands up of 26", "look_for": "2"} | typed)


def test_a_line_takes_the_time_at_which_it_was_saved(as_, at):
    dafydd = as_("dafydd")
    assert note(dafydd, at).status_code == 303
    page = dafydd.get(f"{at}/steps/observation").text
    # The clock stands at five past two.
    assert "<b>14:05</b>" in page and "Four hands up of 26" in page and "look-for 2" in page


def test_the_time_alone_is_a_line_and_another_time_can_be_typed(as_, at):
    dafydd = as_("dafydd")
    note(dafydd, at, text="", only_time="y")
    note(dafydd, at, at="09:50")
    page = dafydd.get(f"{at}/steps/observation").text
    assert "(the time alone)" in page and "<b>09:50</b>" in page


def test_htmx_gets_the_notes_and_a_fresh_line(as_, at):
    dafydd = as_("dafydd")
    note(dafydd, at)
    fragment = dafydd.get(f"{at}/steps/observation", headers={"HX-Request": "true", "HX-Target": "div#noting"}).text
    assert "Four hands up of 26" in fragment and "<html" not in fragment and "When the lesson is over" not in fragment


def test_nonsense_is_refused_beside_the_line(as_, at):
    for typed, sentence in (
        ({"text": ""}, "Write what you see or hear"),
        ({"text": "x" * 501}, "Keep a line short"),
        ({"look_for": "9"}, "Look-for"),
        ({"at": "25:61"}, "Time"),
    ):
        answer = note(as_("dafydd"), at, **typed)
        assert answer.status_code == 422 and sentence in answer.text


def test_a_line_that_is_typed_while_the_cycle_is_closed_is_not_lost(as_, at):
    note(as_("dafydd"), at)
    posted(as_("tobi"), f"{at}/steps/check", result="met")
    for path in ("lines", "lines/1"):
        refused = as_("dafydd").post(f"{at}/{path}", data={"text": "Nine hands up", "look_for": "0"})
        assert (
            refused.status_code == 422 and "was closed while you wrote" in refused.text and "Nine hands" in refused.text
        )
    assert "Nine hands" not in as_("dafydd").get(at).text
    assert as_("dafydd").post(f"{at}/lines/1/remove").status_code == 303


def test_nobody_else_reads_them_until_they_are_shown(as_, at):
    dafydd, tobi = as_("dafydd"), as_("tobi")
    note(dafydd, at)
    posted(dafydd, f"{at}/steps/observation", about="8B, circuits", thought="Too soft on row one")
    pages = ("", "/steps/observation", "/steps/conversation")
    assert not any(
        "Four hands" in tobi.get(at + one).text or "8B, circuits" in tobi.get(at + one).text for one in pages
    )
    assert tobi.get(f"{at}/lines/1").status_code == 404
    assert dafydd.post(f"{at}/notes/show").status_code == 303
    assert all("Four hands" in tobi.get(at + one).text for one in pages)
    assert "8B, circuits" in tobi.get(at).text
    assert not any("Too soft" in tobi.get(at + one).text for one in pages) and "Too soft" in dafydd.get(at).text
    note(dafydd, at, text="Bell")
    assert "Bell" in tobi.get(at).text
    dafydd.post(f"{at}/notes/hide")
    assert not any("Four hands" in tobi.get(at + one).text for one in pages) and "Bell" in dafydd.get(at).text


def test_both_can_observe_each_with_notes_of_her_own(as_, at):
    note(as_("dafydd"), at, text="His line")
    note(as_("tobi"), at, text="Her line")
    as_("tobi").post(f"{at}/notes/show")
    page = as_("dafydd").get(f"{at}/steps/conversation").text
    assert "His line" in page and "Her line" in page
    assert "His line" not in as_("tobi").get(f"{at}/steps/conversation").text


def test_evidence_stands_beside_its_look_for(as_, at):
    dafydd = as_("dafydd")
    note(dafydd, at, text="Second of quiet", look_for="1")
    note(dafydd, at, text="Nine hands", look_for="2")
    note(dafydd, at, text="Bell", look_for="0")
    page = dafydd.get(f"{at}/steps/conversation").text
    order = ["Quiet after a question", "Second of quiet", "Whose hands", "Nine hands", "Other lines", "Bell"]
    assert sorted(order, key=page.index) == order


def test_a_line_is_put_right_and_two_windows_lose_nothing(as_, at):
    dafydd = as_("dafydd")
    note(dafydd, at)
    assert posted(dafydd, f"{at}/lines/1", text="Nine hands up", at="14:01").status_code == 303
    clash = dafydd.post(f"{at}/lines/1", data={"text": "Typed in the other window", "seen": "old"})
    assert clash.status_code == 409 and "Nine hands up" in clash.text and "Typed in the other window" in clash.text
    assert "<b>14:01</b>" in dafydd.get(f"{at}/steps/observation").text


def test_taking_a_line_out_asks_first(as_, at):
    dafydd = as_("dafydd")
    note(dafydd, at)
    assert "It is gone for good then" in dafydd.get(f"{at}/lines/1").text
    assert dafydd.post(f"{at}/lines/1/remove").status_code == 303
    assert dafydd.get(f"{at}/lines/1").status_code == 404


def test_notes_sealed_by_a_lost_key_take_no_further_line(app, as_, at):
    dafydd = as_("dafydd")
    note(dafydd, at)
    (app.config["SETTINGS"].instance / "keys" / "mentoring").unlink()
    refused = note(dafydd, at, text="Typed after the key went")
    assert refused.status_code == 422 and "Typed after the key went" in refused.text
    assert "Nothing was saved over it" in refused.text
    assert dafydd.post(f"{at}/notes/show").status_code == 422
    assert dafydd.get(at).status_code == 200


def test_lines_stand_by_their_time_and_keep_their_numbers():
    fields = {"about": "8B"}
    for line in (Line(1, "10:51", 0, "later"), Line(2, "10:42", 1, "earlier, with a\ttab")):
        fields = with_line(fields, line)
    assert [line.number for line in lines_in(fields)] == [2, 1]
    assert lines_in(fields)[0].text == "earlier, with a\ttab"
    assert [line.number for line in lines_in(without_line(fields, 2))] == [1]
