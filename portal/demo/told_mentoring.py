"""How mentors and mentees meet: their agreement, talks of all three kinds, drafts, an ending, a month that somebody asks for."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from portal.agreements.operations import agree, write_agreement
from portal.db import db
from portal.demo.story import TIME_ZONE, Story, at, read
from portal.demo.told_matching import tell_wish
from portal.matching.operations_endings import EndingSaid, answer_ending
from portal.mentoring.draft_keeping import DRAFT, Place
from portal.mentoring.models import Pairing
from portal.mentoring.months import month_of
from portal.mentoring.operations import end_pairing, start_pairing
from portal.mentoring.operations_contacts import confirm_contact, log_contact
from portal.mentoring.operations_drafts import keep_draft
from portal.mentoring.pair_months import month_before
from portal.mentoring.talks import Talk
from portal.pair_programmes.operations_months import ask_month
from portal.programmes.models import FrameLine, Programme

# What the file calls the words of the long form.
WORDS = {
    "two": "parked",
    "good": "working",
    "hard": "challenges",
    "hers": "mentee_steps",
    "his": "mentor_steps",
    "moment": "moment",
    "mine": "only_me",
}
Pairs = dict[tuple[str, str], Pairing]


def tell_mentoring(story: Story) -> None:
    told = read("mentoring")
    with at(story.ago(told["agreement"]["ago"])):
        network = story.networks["tarn-and-tide"]
        version = write_agreement(story.who("ines"), network, 0, told["agreement"]["text"].strip())
    desk = Desk(story)
    pairs: Pairs = {(one["mentor"], one["mentee"]): desk.pair(one, version) for one in told["pair"]}
    for one in told["group"]:
        desk.group(one, pairs)
    for one in told["draft"]:
        desk.draft(one, pairs[one["mentor"], one["mentee"]])
    with at(story.ago(3, "17:20")):
        asked = told["asks"]
        month = _closed_month(story.today)
        ask_month(pairs[asked["mentor"], asked["mentee"]], month, story.who(asked["by"]), story.today)


class Desk:
    """Writes down what pairs do, with the key of their notes and the lines that they tick at hand."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.key: bytes = current_app.config["SETTINGS"].key("mentoring")
        frame = db.session.get_one(Programme, story.programmes["induction"]).frame_id
        lines = select(FrameLine.id).where(FrameLine.frame_id == frame).order_by(FrameLine.position, FrameLine.id)
        self.lines = list(db.session.execute(lines).scalars())

    def pair(self, told: dict[str, Any], version: int) -> Pairing:
        if "asked" in told:
            tell_wish(self.story, {"who": told["mentee"], **told["asked"]})
        pairing = self._begin(told)
        for handle in told["agreed"]:
            with at(self.story.ago(min(told["since"], 100) - 1, "19:10")):
                agree(pairing, self.story.who(handle), version)
        for place, talk in enumerate(told["talks"]):
            is_last = place == len(told["talks"]) - 1
            self._met(told, pairing, talk, told.get("next") if is_last else None)
        if "ended" in told:
            self._end(told, pairing)
        return pairing

    def _begin(self, told: dict[str, Any]) -> Pairing:
        story, since = self.story, self.story.ago(told["since"])
        with at(since):
            return start_pairing(
                story.networks["tarn-and-tide"],
                story.who(told["mentor"]),
                story.who(told["mentee"]),
                story.who("ines"),
                since.date(),
                told["purpose"],
                told["rhythm"],
                told.get("month"),
                every_days=told.get("every"),
                arranges=told.get("arranges", "both"),
                programme_ids=tuple(story.programmes[key] for key in told["in"]),
            )

    def _met(self, told: dict[str, Any], pairing: Pairing, talk: dict[str, Any], next_in: int | None) -> None:
        story = self.story
        next_at = story.moment(story.school_day(next_in), "15:45") if next_in else None
        with at(story.worked(talk["ago"], "13:40")):
            said = self._said(talk, next_at=next_at)
            contact = log_contact(pairing, story.who(talk["by"]), said, self.key, TIME_ZONE)
        if talk.get("yes"):
            other = told["mentee"] if talk["by"] == told["mentor"] else told["mentor"]
            with at(story.ago(max(talk["ago"] - 1, 0), "13:50")):
                confirm_contact(contact, story.who(other))

    def _said(self, talk: dict[str, Any], **more: Any) -> Talk:
        words = {WORDS[name]: text for name, text in talk.items() if name in WORDS}
        return Talk(
            self.story.worked(talk["ago"]),
            talk["min"],
            talk["how"],
            talk.get("kind", "one_to_one"),
            focus=talk.get("focus"),
            activities=talk.get("did", ()),
            standards=[self.lines[number - 1] for number in talk.get("about", ())],
            **words,
            **more,
        )

    def group(self, told: dict[str, Any], pairs: Pairs) -> None:
        """One talk in the books of several pairs; each mentee says yes to it herself."""
        of_each = [pairs[told["mentor"], mentee] for mentee in told["mentees"]]
        with at(self.story.worked(told["ago"], "17:15")):
            said = self._said({**told, "kind": "group"}, also=[one.id for one in of_each[1:]])
            mentor = self.story.who(told["mentor"])
            contact = log_contact(of_each[0], mentor, said, self.key, TIME_ZONE).contact
        yes = {self.story.who(handle) for handle in told["yes"]}
        with at(self.story.ago(told["ago"] - 1, "18:05")):
            for one in contact.talks:
                if one.pairing.mentee_id in yes:
                    confirm_contact(one, one.pairing.mentee_id)

    def draft(self, told: Mapping[str, Any], pairing: Pairing) -> None:
        """Kept before the next talk, for its writer alone."""
        words = {name: text for name, text in told.items() if name in WORDS.values()}
        with at(self.story.ago(told["ago"], "13:55")):
            keep_draft(pairing, Place(DRAFT, pairing.id), self.story.who(told["by"]), words, self.key)

    def _end(self, told: dict[str, Any], pairing: Pairing) -> None:
        asked, story = told["ending"], self.story
        with at(story.ago(told["ended"])):
            end_pairing(pairing, story.who("ines"), story.ago(told["ended"]).date(), tell=True)
        said = EndingSaid(asked["worked"], asked["did_not"], asked["suggests"])
        with at(story.ago(told["ended"] - asked["after"], "20:15")):
            answer_ending(pairing, story.who(asked["by"]), said, False, self.key)


def _closed_month(today: date) -> date:
    """The month before the last one closed on the fifteenth."""
    return month_before(month_before(month_of(today - timedelta(days=3))))
