"""Anybody checks a certificate: a pair or no pair, and nothing else is said."""

import re

import pytest
from sqlalchemy import select

from portal.certificates.operations import make_certificates
from portal.credit.models import Certificate
from portal.credit.numbering import tidy_number
from portal.credit.operations_certificates import correct_name, void
from portal.credit.operations_checking import WRONG_TRIES
from portal.db import db
from portal.people.operations_leaving import erase_person
from tests import cast
from tests.certificates import earned


@pytest.fixture
def paper(in_app):
    """Tobi's certificate of one and a half clock hours: id, number, code."""
    with in_app():
        one = earned.event()
        earned.credit(one, earned.kind())
        earned.mark(one, "tobi", 90)
        earned.close(one)
        make_certificates(one, earned.ZONE, cast.person_id("ines"))
        made = db.session.execute(select(Certificate).where(Certificate.kind == "credit")).scalar_one()
        return made.id, made.number, made.check_code


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def told(answer):
    """The page without what was typed into it."""
    return re.sub(r'value="[^"]*"', "", answer.text)


def test_a_right_pair_says_what_the_paper_states_and_no_more(client, paper):
    _id, number, code = paper
    answer = client.get(f"/c?number={number}&code={code[:4].lower()}-{code[4:]}")
    said = words(answer)
    assert answer.status_code == 200 and "This certificate is genuine" in said
    stated = ("Tobi Larkhill", "Build a hand", "5 November 2026", "1½ STEM clock hours of 1½", "Clock hour")
    for words_ in (*stated, "Tarn and Tide STEM Network"):
        assert words_ in said, words_
    assert "Low Garrick" not in said and "@" not in said and "/people/" not in answer.text
    assert "noindex" in answer.headers["X-Robots-Tag"] and 'name="robots" content="noindex' in answer.text


def test_the_link_of_the_square_carries_the_code(client, paper):
    _id, number, code = paper
    assert "This certificate is genuine" in client.get(f"/c/{number}?code={code}").text
    assert "Is this certificate genuine?" in client.get(f"/c/{number}").text


def test_a_wrong_code_and_an_unknown_number_get_the_very_same_answer(client, paper):
    _id, number, code = paper
    wrong = client.get(f"/c?number={number}&code=AAAAAAAA")
    unknown = client.get(f"/c?number=2026-999999&code={code}")
    nonsense = client.get("/c?number=%00%F0&code=x")
    assert wrong.status_code == unknown.status_code == nonsense.status_code == 404
    assert told(wrong) == told(unknown) == told(nonsense)
    assert "Tobi" not in wrong.text


def test_guessing_is_slow_even_for_the_right_one(client, paper):
    _id, number, code = paper
    for guess in range(WRONG_TRIES):
        assert client.get(f"/c?number={number}&code=AAAA{guess:04}").status_code == 404
    assert client.get(f"/c?number={number}&code={code}").status_code == 429


def test_right_pairs_are_never_counted(client, paper):
    _id, number, code = paper
    answers = {client.get(f"/c/{number}?code={code}").status_code for _time in range(WRONG_TRIES + 5)}
    assert answers == {200}


def test_a_voided_one_says_so_with_its_day_and_without_the_newer_number(client, in_app, paper):
    paper_id, number, code = paper
    with in_app():
        new = correct_name(db.session.get_one(Certificate, paper_id), "Tobias Larkhill", 2026)
        newer = new.number
    said = words(client.get(f"/c/{number}?code={code}"))
    assert "This certificate is void" in said and "25 November 2026" in said and "A newer one" in said
    assert newer not in said and "Tobi" not in said and "Build a hand" not in said


def test_one_voided_for_good_mentions_no_newer_one(client, in_app, paper):
    paper_id, number, code = paper
    with in_app():
        void(db.session.get_one(Certificate, paper_id), "Signed in for somebody else", cast.person_id("ines"))
    said = words(client.get(f"/c/{number}?code={code}"))
    assert "This certificate is void" in said and "newer" not in said and "somebody else" not in said


def test_a_holder_who_asked_to_be_forgotten_is(client, in_app, paper):
    paper_id, number, code = paper
    with in_app():
        erase_person(cast.person_id("tobi"))
        one = db.session.get_one(Certificate, paper_id)
        assert (one.name, one.minutes, one.credited_minutes, one.stored_file_id) == ("", 90, 90, None)
    said = words(client.get(f"/c/{number}?code={code}"))
    assert "Its holder asked to be forgotten" in said and "Tobi" not in said and "Build a hand" not in said


@pytest.mark.parametrize("typed", ["2026-000123", " 2026 123 ", "No. 2026-000123", "2026000123", "no 2026–123"])
def test_a_number_is_read_however_it_is_typed(typed):
    assert tidy_number(typed) == "2026-000123"


@pytest.mark.parametrize("typed", ["", "26-1", "2026", "٢٠٢٦-١", "2026-1; DROP", "2026-12345678901", "x" * 50])
def test_what_is_no_number_is_none(typed):
    assert tidy_number(typed) == ""
