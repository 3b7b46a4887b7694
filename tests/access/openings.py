"""Openings: mentors are wanted from autumn. Tobi would like it; members read the opening, coordinators who asked for it."""

from datetime import date

from portal.openings.models import Opening
from portal.openings.operations import list_opening
from portal.openings.operations_interest import say_interest
from portal.openings.postings import Posting
from tests import cast

STRANGERS = {"kofi": "404", "ravi": "404", "hana": "404", "nobody": "sign-in"}
MEMBERS = {"ines": "may", "tobi": "may", "dafydd": "may", "petra": "may"} | STRANGERS
COORDINATORS = MEMBERS | {"tobi": "403", "dafydd": "403", "petra": "403"}
# An observer reads along.
WRITERS = MEMBERS | {"petra": "403"}
TODAY = date(2026, 11, 10)

MATRIX = {
    "GET openings.index": MEMBERS,
    "GET openings.show": MEMBERS,
    "GET openings.new": COORDINATORS,
    "POST openings.create": COORDINATORS,
    "GET openings.edit": COORDINATORS,
    "POST openings.change": COORDINATORS,
    "POST openings.close": COORDINATORS,
    "POST openings.reopen": COORDINATORS,
    "POST openings.remove": COORDINATORS,
    "POST openings.restore": COORDINATORS,
    "POST openings.say": WRITERS,
    "POST openings.withdraw": WRITERS,
    "POST openings.answer": COORDINATORS,
    "GET openings.ask_rest": COORDINATORS,
    "POST openings.say_not_now": COORDINATORS,
}


def listed(**more: object) -> Opening:
    told = {
        "kind": "mentor",
        "title": "Mentors wanted from autumn",
        "text": "An hour a week with a **new** colleague.",
        "answer_by": date(2026, 11, 30),
        "starts_on": date(2027, 1, 4),
        "places": 3,
        "subjects": ("physics",),
    }
    return list_opening(cast.network_id(), cast.person_id("ines"), Posting(**(told | more)), TODAY)


def prepare() -> dict[str, object]:
    opening = listed()
    interest = say_interest(opening, cast.person_id("tobi"), "I was a new one myself last year.", TODAY)
    return {"opening_id": opening.id, "interest_id": interest.id}
