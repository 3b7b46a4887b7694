"""What somebody typed, word for word: forms, synonyms, phrases, codes, weak words; and the nearest of known words."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal import fulltext
from portal.fulltext import nearness
from portal.fulltext.forms import forms, key
from portal.fulltext.synonyms import split
from portal.fulltext.understanding import Synonyms, understand
from portal.resources.queries_inside import found_inside
from portal.resources.typed import read

SYNONYMS = Synonyms([["torch", "flashlight"], ["noughts and crosses", "tic tac toe"], ["D&T", "design and technology"]])


def typed(text, synonyms=SYNONYMS, meanings=None):
    return [term.typed for term in understand(text, synonyms, meanings).terms]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("how do computers store pictures", ["computers", "store", "pictures"]),
        ("a lesson for the class", ["a", "lesson", "for", "the", "class"]),
        ("noughts and crosses in python", ["noughts and crosses", "python"]),
        ("D&T torches", ["D&T", "torches"]),
        ("  ", []),
        ("-- * \x00", []),
    ],
)
def test_words_are_cut_as_they_are_meant(text, terms):
    assert typed(text) == terms


@pytest.mark.parametrize(
    ("word", "also"),
    [
        ("coding", '"code"'),
        ("sorting", '"sort" *'),
        ("running", '"run"'),
        ("boxes", '"box"'),
        ("frequencies", '"frequency" *'),
        ("measure", '"measuring"'),
        ("planned", '"plan" *'),
    ],
)
def test_a_word_finds_its_other_forms(word, also):
    assert also in forms(word)


@pytest.mark.parametrize("word", ["string", "thing", "bus", "MS-PS2-1", "straße", "red"])
def test_a_word_is_not_cut_to_pieces(word):
    assert len(forms(word)) == 1


def test_a_synonym_counts_as_the_word_in_any_number():
    [term] = understand("torches", SYNONYMS).terms
    assert '"flashlight" *' in term.ways and "flashlight" in term.shown
    [phrase] = understand("tic tac toe", SYNONYMS).terms
    assert '"noughts and crosses" *' in phrase.ways
    assert key("D & T") == key("D&T") and split(" a ,b;\na") == ["a", "b"]


def test_two_words_may_be_one_and_several_pieces_one_code():
    mad, libs = understand("mad libs").terms
    assert '"madlib" *' in mad.ways and '"madlib" *' in libs.ways
    assert all("msps21" in term.codes for term in understand("ms ps2 1").terms)
    assert understand("CCSS.Math:8.SP.A.1").terms[0].codes == ("8spa1",)
    assert not understand("python").terms[0].codes


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_a_question(app, text):
    with app.app_context():
        asked = understand(read(text).words, SYNONYMS, {"year 5": ("xw1",)})
        for kind in ("pack", "pack_inside"):
            fulltext.holders(kind, [(kind, term, False) for term in asked.terms], ["n1"])
            fulltext.ranks({kind: 1.0}, asked, [1])
        fulltext.highlight(text, asked.shown)
        fulltext.excerpt(text, asked.shown)


WORDS = dict.fromkeys(
    "fraction fractions friction photosynthesis scatter plot tic tac toe sort sorts maths".split(), 3
) | {"fractions": 9}


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("fracshuns", "fractions"),
        ("fotosynthesis", "photosynthesis"),
        ("matsh", "maths"),
        ("scatterplot", "scatter plot"),
        ("tictactoe", "tic tac toe"),
        ("zzzzzz", None),
        ("m4ths", None),
        ("fry", None),
    ],
)
def test_the_nearest_word_is_what_was_meant(app, monkeypatch, mistyped, meant):
    monkeypatch.setattr(nearness, "_words", lambda kind, stamp: WORDS)
    found = fulltext.near("pack", [mistyped], b"")
    assert found.get(mistyped, [None])[0] == meant


@pytest.mark.parametrize(
    ("text", "words", "minutes"),
    [
        ("parity trick under 40 minutes", "parity trick", 40),
        ("30 min binary", "binary", 30),
        ("levers 30-45 mins or less", "levers", 45),
        ("half an hour of rockets", "half an hour of rockets", 0),
        ("rockets half an hour", "rockets", 30),
        ("hour of code", "hour of code", 0),
        ("2 hours robots", "robots", 120),
        ("over 60 minutes", "over 60 minutes", 0),
        ("5 minute", "", 5),
    ],
)
def test_minutes_are_read_from_what_is_typed(text, words, minutes):
    said = read(text)
    assert (said.words, said.minutes) == (words, minutes)


def test_many_synonyms_mark_no_more_words_than_one_condition_holds(in_app):
    heads = ("alpha", "beta", "gamma", "delta", "omega", "sigma", "kappa", "lambda")
    groups = [[head, *(f"{head}{number:02}" for number in range(80))] for head in heads]
    asked = understand(" ".join(heads), Synonyms(groups))
    assert len(asked.terms) == 8 and set(heads) <= set(asked.shown)
    with in_app():
        assert found_inside([1], asked.shown) == {}
