"""How far a pair is in a programme, in words."""

from datetime import date
from types import SimpleNamespace

import pytest

from portal.mentoring.standing import Against
from portal.mentoring.standing_words import listed, standing_words
from portal.programmes.rules import Target


@pytest.mark.parametrize(
    ("minutes", "said", "row"),
    [
        (185, "Behind: 3 h 8 min were due by today", "Induction: 3 h 5 min of 3 h 8 min due"),
        (188, "On time: 3 hours were due by today", "Induction: 3 h 8 min of 12 hours"),
    ],
)
def test_what_is_missing_is_told_to_the_minute(in_app, minutes, said, row):
    since = date(2026, 9, 1)
    one = Against(SimpleNamespace(name="Induction"), "", since, None, since, minutes, Target(188, None, 720))
    with in_app():
        assert (standing_words(one), listed(one)) == (said, row)
