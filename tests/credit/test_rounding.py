"""Minutes become credit: whole steps, rounded down, said in words."""

from fractions import Fraction

import pytest

from portal.credit.models import CreditType
from portal.credit.rounding import amount, credited, figure, in_words

HOUR = {"unit": "clock hour", "units": "clock hours", "minutes_a_unit": 60}
PDU = {"unit": "PDU", "units": "PDUs", "minutes_a_unit": 60}
CEU = {"unit": "CEU", "units": "CEUs", "minutes_a_unit": 600}
HEURE = {"unit": "heure", "units": "heures", "minutes_a_unit": 60}


@pytest.mark.parametrize(
    ("minutes", "round_to", "worth"),
    [
        (0, 15, 0),
        (14, 15, 0),
        (15, 15, 15),
        (89, 15, 75),
        (90, 15, 90),
        (104, 15, 90),
        (105, 15, 105),
        (59, 60, 0),
        (119, 60, 60),
        (119, 30, 90),
        (119, 1, 119),
        (-5, 15, 0),
    ],
)
def test_minutes_are_rounded_down_to_whole_steps(minutes, round_to, worth):
    assert credited(minutes, round_to) == worth


@pytest.mark.parametrize("nothing", [0, -15])
def test_a_step_or_a_unit_without_length_is_refused(nothing):
    with pytest.raises(ValueError):
        credited(90, nothing)
    with pytest.raises(ValueError):
        amount(90, nothing)


def test_amounts_are_exact():
    assert amount(90, 60) == Fraction(3, 2)
    assert amount(20, 60) * 3 == 1
    assert amount(90, 600) == Fraction(3, 20)


@pytest.mark.parametrize(
    ("minutes", "of", "locale", "words"),
    [
        (90, HOUR, "en_GB", "1½ clock hours"),
        (75, HOUR, "en_GB", "1¼ clock hours"),
        (105, HOUR, "en_GB", "1¾ clock hours"),
        (30, HOUR, "en_GB", "½ clock hour"),
        (60, PDU, "en_GB", "1 PDU"),
        (120, PDU, "en_GB", "2 PDUs"),
        (0, PDU, "en_GB", "0 PDUs"),
        (90, CEU, "en_US", "0.15 CEU"),
        (300, CEU, "en_US", "0.5 CEU"),
        (600, CEU, "en_US", "1 CEU"),
        (900, CEU, "en_US", "1.5 CEUs"),
        (90, CEU, "de_DE", "0,15 CEU"),
        (72_000, HOUR, "en_US", "1,200 clock hours"),
        (90, HEURE, "fr_FR", "1½ heure"),
        (120, HEURE, "fr_FR", "2 heures"),
    ],
)
def test_amounts_in_words(minutes, of, locale, words):
    assert in_words(of, minutes, locale) == words


@pytest.mark.parametrize(("minutes", "said"), [(100, "1.66"), (50, "0.83"), (59, "0.98"), (119, "1.98"), (65, "1.08")])
def test_what_is_no_quarter_is_cut_and_never_rounded_up(minutes, said):
    assert figure(minutes, 60, "en_GB") == said
    assert float(said) * 60 <= minutes


def test_a_category_stands_before_the_unit():
    kind = CreditType(unit="clock hour", units="clock hours", minutes_a_unit=60)
    assert in_words(kind, 90, "en_GB", "STEM") == "1½ STEM clock hours"
