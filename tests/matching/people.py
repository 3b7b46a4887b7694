"""Wishes, offers and proposals of the cast, for tests."""

from datetime import date

from portal.matching.operations_asks import ask_for_mentor
from portal.matching.operations_offers import offer_to_mentor
from portal.matching.operations_proposals import propose
from portal.matching.said import AskSaid, OfferSaid
from tests import cast

SAID = {"subjects": ["physics"], "phases": ["secondary"], "languages": ["en"], "days": [1, 3]}
BASE = "/n/tarn-and-tide/mentoring"
START = date(2026, 11, 16)


def asks(key="tobi", **more):
    person = cast.person_id(key)
    return ask_for_mentor(cast.network_id(), person, person, AskSaid(**(SAID | more)))


def offers(key="dafydd", **more):
    person = cast.person_id(key)
    return offer_to_mentor(cast.network_id(), person, person, OfferSaid(**(SAID | more)))


def proposes(mentor="dafydd", mentee="tobi", **more):
    network, by = cast.network_id(), cast.person_id("ines")
    return propose(network, cast.person_id(mentor), cast.person_id(mentee), by, START, **more)
