"""Who would mentor, who waits for a mentor, who is being asked, and who would rather have somebody else."""

from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from portal.db import db
from portal.demo.story import Story, at, read
from portal.matching.models import MentorAsk
from portal.matching.operations_asks import ask_for_mentor, pause_ask
from portal.matching.operations_offers import offer_to_mentor, pause_offer
from portal.matching.operations_proposals import propose, say_no, say_yes
from portal.matching.operations_wishes import wish_rematch
from portal.matching.said import AskSaid, OfferSaid
from portal.mentoring.models import Pairing

NETWORK = "tarn-and-tide"
# What a wish and an offer hold besides who and when.
ASKED = set(AskSaid.__dataclass_fields__)
OFFERED = set(OfferSaid.__dataclass_fields__)


def tell_offers(story: Story) -> None:
    for told in read("matching")["offer"]:
        who = story.who(told["who"])
        trained = story.ago(told["trained"]).date() if "trained" in told else None
        said = OfferSaid(trained_on=trained, **{name: told[name] for name in OFFERED & set(told)})
        with at(story.ago(told["ago"], "20:40")):
            offer = offer_to_mentor(story.networks[NETWORK], who, who, said)
        if "paused" in told:
            with at(story.ago(told["paused"], "21:00")):
                pause_offer(offer, who)


def tell_wish(story: Story, told: dict[str, Any]) -> MentorAsk:
    """Somebody wishes for a mentor; a wish of a pair that is told ends when the pair begins."""
    who = story.who(told["who"])
    words = {"days": told["days"], "needs": told["needs"], "year_of_teaching": told.get("year")}
    with at(story.ago(told["ago"], "18:25")):
        said = AskSaid(**{**words, **{name: told[name] for name in ASKED & set(told)}})
        return ask_for_mentor(story.networks[NETWORK], who, who, said)


def tell_matching(story: Story) -> None:
    """After the pairs: what waits today."""
    told = read("matching")
    for one in told["ask"]:
        ask = tell_wish(story, one)
        if "paused" in one:
            with at(story.ago(one["paused"], "18:40")):
                pause_ask(ask, story.who(one["who"]))
    for one in sorted(told["proposal"], key=lambda one: -one["ago"]):
        _propose(story, one)
    for one in told["rematch"]:
        _wish_rematch(story, one)


def _propose(story: Story, told: dict[str, Any]) -> None:
    starts = story.today + timedelta(days=14 - told["ago"])
    with at(story.ago(told["ago"], "17:30")):
        proposal = propose(
            story.networks[NETWORK],
            story.who(told["mentor"]),
            story.who(told["mentee"]),
            story.who("ines"),
            starts,
            told["purpose"],
            told["rhythm"],
            every_days=told["every"],
            programme_ids=(story.programmes["induction"],),
        )
    for answer, said in ((say_yes, told.get("yes", {})), (say_no, told.get("no", {}))):
        for handle, ago in said.items():
            with at(story.ago(ago, "19:45")):
                answer(proposal, story.who(handle))


def _wish_rematch(story: Story, told: dict[str, Any]) -> None:
    mentor, mentee = story.who(told["mentor"]), story.who(told["mentee"])
    of_two = select(Pairing).where(Pairing.mentor_id == mentor, Pairing.mentee_id == mentee)
    key: bytes = current_app.config["SETTINGS"].key("mentoring")
    with at(story.ago(told["ago"], "21:20")):
        wish_rematch(db.session.execute(of_two).scalar_one(), story.who(told["by"]), told["words"], key)
