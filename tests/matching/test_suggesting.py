"""Who suits whom: subject before phase before distance before free time before language, full ones last, reasons in words."""

import pytest

from portal.matching import reasons
from portal.matching.distances import Place, km_between
from portal.matching.suggesting import Before, Candidate, Side, Unfit, suggest

HERE = Place(1, "Low Garrick School", 54.0, -2.0)


def north(km, organisation_id=2):
    """A school so many kilometres north of the wish's: a degree of latitude is 111.195 km."""
    return Place(organisation_id, "A school", 54.0 + km / 111.195, -2.0)


def side(person_id=1, place=HERE, subjects=("physics",), phases=("secondary",), languages=("en",), days=(1,), **more):
    return Side(person_id, f"P{person_id}", f"p{person_id}", place, subjects, phases, languages, days, **more)


def one(person_id, most=1, pairs=0, proposals=0, before=(), **more):
    return Candidate(side(person_id, **({"place": north(4)} | more)), person_id, most, pairs, proposals, before)


def order(*candidates, wish=None):
    return [found.candidate.side.person_id for found in suggest(wish or side(), candidates)[0]]


NOT = {"subjects": ("biology",), "phases": ("primary",), "days": (4,), "languages": ("cy",), "place": north(200)}


@pytest.mark.parametrize("place", range(5))
def test_what_counts_first_outweighs_everything_after_it(place):
    """Whoever shares the first thing and nothing after it stands before one who shares all the later ones."""
    names = ["subjects", "phases", "place", "days", "languages"]
    later = {name: NOT[name] for name in names[place + 1 :]}
    lacks = {names[place]: NOT[names[place]]}
    assert order(one(2, **lacks), one(3, **later)) == [3, 2]


def test_the_full_ones_stand_last_and_an_open_proposal_takes_a_place():
    full, asked, free = one(2, pairs=1), one(3, proposals=1), one(4, **NOT)
    assert order(full, asked, free) == [4, 2, 3]
    assert not one(5, most=2, pairs=1).is_full and one(5, most=None, pairs=9).free is None


def test_nobody_is_suggested_to_herself():
    assert order(one(1), one(2)) == [2]


def test_a_street_more_does_not_outweigh_a_free_day():
    assert order(one(2, place=north(3), days=(4,)), one(3, place=north(9))) == [3, 2]


@pytest.mark.parametrize(
    ("wish", "candidate", "why"),
    [
        ({"same_school": "no"}, {"place": HERE}, Unfit.ONE_SCHOOL),
        ({}, {"place": HERE, "same_school": "no"}, Unfit.ONE_SCHOOL),
        ({"same_school": "only"}, {}, Unfit.OTHER_SCHOOL),
        ({"same_school": "only"}, {"place": HERE}, None),
        ({"same_school": "no", "place": Place()}, {}, Unfit.SCHOOL_UNKNOWN),
        ({"travels_km": 5}, {"place": north(8), "travels_km": 6, "meets_online": False}, Unfit.TOO_FAR),
        ({"travels_km": 5}, {"place": north(8), "travels_km": 6}, None),
        ({"travels_km": 5, "meets_online": False}, {"place": north(8), "travels_km": 10}, None),
        ({"travels_km": 5, "meets_online": False}, {"place": north(8), "travels_km": None}, None),
        ({"travels_km": 5, "meets_online": False}, {"place": Place(9), "travels_km": 5}, None),
        ({}, {"before": (Before.PAIR_NOW,)}, Unfit.PAIR_NOW),
        ({}, {"before": (Before.ASKED_NOW,)}, Unfit.ASKED_NOW),
    ],
)
def test_what_either_side_set_is_kept(wish, candidate, why):
    fit, unfit = suggest(side(**wish), [one(2, **candidate)])
    assert (unfit[0].unfit if unfit else fit[0].unfit) == why


def test_kilometres_are_those_of_the_globe():
    london, paris = Place(1, "", 51.5074, -0.1278), Place(2, "", 48.8566, 2.3522)
    assert 342 < km_between(london, paris) < 345
    assert km_between(london, Place(1)) == 0 and km_between(london, Place(3)) is None


def test_the_reasons_are_words_in_their_order(in_app):
    words = {"subject": {"physics": "Physics"}, "phase": {"secondary": "Secondary"}, "language": {"en": "English"}}
    with in_app():
        found = suggest(side(), [one(2)])[0][0]
        assert reasons.reasons(found, words) == [
            "Both teach Physics.", "Both in Secondary.", "4 km apart.", "Both free on Tuesday.", "Both speak English.",
        ]  # fmt: skip
        far = suggest(side(), [one(2, **(NOT | {"place": Place()}), before=(Before.REMATCHED, Before.DECLINED))])[0][0]
        unknown = "How far apart they work is not known. Both would meet online."
        assert reasons.reasons(far, words) == [unknown]
        shared = ("subject", "phase", "free day", "language")
        assert reasons.lacking(far) == [f"no {what} in common" for what in shared]
        assert "wished for somebody else" in " ".join(reasons.before(far))
