"""What coordinators do at schools, which school helps which, and whom the network looks for."""

from datetime import date, timedelta
from typing import Any

from portal.activities.meetings import Met
from portal.demo.story import TIME_ZONE, Story, at, read
from portal.mentor_schools.models import OrganisationPair
from portal.mentor_schools.operations import propose_pair
from portal.mentor_schools.operations_aims import close_aim, set_aim
from portal.mentor_schools.operations_answering import accept_pair
from portal.mentor_schools.operations_meetings import log_meeting
from portal.mentor_schools.pairs import Aim, Meeting, Proposal
from portal.openings.models import Opening
from portal.openings.operations import list_opening
from portal.openings.operations_interest import answer_interest, say_interest
from portal.openings.postings import Posting
from portal.support.operations import keep_promise, log_visit
from portal.support.visits import Visit

NETWORK = "tarn-and-tide"
# An opening "from autumn" is told well before it.
BEFORE_AUTUMN = timedelta(days=45)


def tell_schools(story: Story) -> None:
    told = read("schools")
    for one in told["visit"]:
        _visit(story, one)
    for one in told["pair"]:
        _pair(story, one)
    for one in told["opening"]:
        _opening(story, one)


def _in(story: Story, days: int) -> date:
    return story.today + timedelta(days=days)


def _met(story: Story, told: dict[str, Any]) -> Met:
    return Met(story.worked(told["ago"]), told["min"], told.get("how", "in_person"))


def _visit(story: Story, told: dict[str, Any]) -> None:
    by = story.who(told["who"])
    with at(story.worked(told["ago"], "16:10")):
        made = log_visit(
            story.networks[NETWORK],
            by,
            Visit(
                _met(story, told),
                story.organisations[told["at"]],
                told["kind"],
                tuple(told["topics"]),
                story.who(told["met"]),
                told["note"],
                told["promised"],
                _in(story, told["next"]),
                frozenset(story.who(one) for one in told.get("along", ())),
            ),
            TIME_ZONE,
        )
    if "kept" in told:
        with at(story.ago(told["kept"], "17:00")):
            keep_promise(made, by)


def _pair(story: Story, told: dict[str, Any]) -> None:
    by, leads = told["by"], told["leads"]
    proposal = Proposal(
        story.organisations[told["mentor"]],
        story.organisations[told["mentee"]],
        told["purpose"],
        _in(story, -told["starts"]),
        _in(story, told["ends"]),
        story.who(leads["mentor"]),
        story.who(leads["mentee"]),
    )
    with at(story.ago(told["ago"], "15:20")):
        pair = propose_pair(story.networks[NETWORK], story.who(by), proposal, by == "ines")
    for handle, ago in told["yes"].items():
        with at(story.ago(ago, "12:35")):
            accept_pair(pair, story.who(handle))
    for aim in told.get("aim", ()):
        _aim(story, pair, aim, story.who(leads["mentee"]))
    for meeting in told.get("meeting", ()):
        _meeting(story, pair, meeting, story.who(leads["mentor"]))


def _aim(story: Story, pair: OrganisationPair, told: dict[str, Any], by: int) -> None:
    with at(story.ago(told["ago"], "16:00")):
        aim = set_aim(pair, by, Aim(told["text"], told["seen"], _in(story, told["by"])))
    if "closed" in told:
        with at(story.ago(told["closed"], "16:30")):
            close_aim(pair, aim, by, told["result"])


def _meeting(story: Story, pair: OrganisationPair, told: dict[str, Any], by: int) -> None:
    there = frozenset(story.who(handle) for handle in told["there"])
    with at(story.worked(told["ago"], "17:30")):
        meeting = Meeting(_met(story, told), there, told["outcome"], _in(story, told["next"]))
        log_meeting(pair, by, meeting, TIME_ZONE)


def _opening(story: Story, told: dict[str, Any]) -> None:
    by, starts = story.who(told["by"]), _autumn(story.today) if told.get("autumn") else None
    posting = Posting(
        told["kind"],
        told["title"],
        _in(story, told["answer_in"]),
        told["text"].strip(),
        starts,
        told["places"],
        tuple(told.get("subjects", ())),
    )
    with at(story.ago(told["ago"], "11:40")):
        opening = list_opening(story.networks[NETWORK], by, posting, story.ago(told["ago"]).date())
    for one in told.get("interest", ()):
        _interest(story, opening, one, by)


def _autumn(today: date) -> date:
    """The next first of September that leaves time to answer."""
    this_year = date(today.year, 9, 1)
    return this_year if today + BEFORE_AUTUMN <= this_year else date(today.year + 1, 9, 1)


def _interest(story: Story, opening: Opening, told: dict[str, Any], by: int) -> None:
    with at(story.ago(told["ago"], "19:05")):
        said = say_interest(opening, story.who(told["who"]), told["says"], story.ago(told["ago"]).date())
    if "answer" in told:
        with at(story.ago(told["answered"], "12:10")):
            answer_interest(opening, said, by, told["answer"])
