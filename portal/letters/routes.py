"""The doors of letters: what was written, the question about whom, and who that is. For coordinators alone."""

from collections.abc import Mapping

from flask import Response, request
from flask_babel import gettext as _

from portal.letters.forms import SegmentForm
from portal.letters.models import Letter, Segment
from portal.letters.policy import can_write
from portal.letters.queries import letters_of, segment_in, segments_of
from portal.letters.queries_audience import (
    count_by_reason,
    getting_it,
    in_words,
    left_out,
    reasons_of,
    told_reasons,
)
from portal.letters.question import NETWORKS, Question, Reading, question_in, read
from portal.letters.rules import Part, Rule, open_rules
from portal.letters.sheets import letters_sheet, people_sheet, state_of
from portal.networks.scope import here, room_blueprint
from portal.organisations.models import Organisation
from portal.people.models import Person
from portal.web.access import me
from portal.web.errors import NotYours
from portal.web.forms import Form
from portal.web.hypermedia import page
from portal.web.listing import Listing, Sort, wanted_export
from portal.web.numbers import row_number

letters = room_blueprint("letters", __name__)


@letters.before_request
def coordinators_only() -> None:
    """403 for members without the right; strangers had their 404 at the gate before."""
    if not can_write(here().membership):
        raise NotYours


@letters.get("/")
def index() -> Response:
    sorts = (
        Sort("newest", _("Newest first"), (Letter.changed_at.desc(), Letter.id.desc())),
        Sort("oldest", _("Oldest first"), (Letter.changed_at, Letter.id)),
        Sort("subject", _("By subject"), (Letter.subject, Letter.id)),
    )
    listing = Listing(letters_of(here().network.id), sorts)
    if kind := wanted_export():
        return letters_sheet(here().network.slug, listing, kind)
    return page("letters/index.html", listing=listing, segments=segments_of(here().network.id), state=state_of)


@letters.get("/choose")
def choose() -> Response:
    """The question, as a form whose answers stand in the address."""
    reading = read(question_in(request.args), here().network, me().person_id, offers=True)
    counts = count_by_reason(reading)
    return page(
        "letters/choose.html",
        reading=reading,
        parts=_offered(reading),
        count=counts.get("", 0),
        chosen=reading.question.answers,
        networks_key=NETWORKS,
        carried=_carried(),
    )


@letters.get("/people")
def people() -> Response:
    """Who is in the segment, with why; and who is left out, with why not."""
    return people_page(reading_of(question_in(request.args)), segment=_segment_here())


def reading_of(question: Question) -> Reading:
    """The question on behalf of whoever is signed in."""
    return read(question, here().network, me().person_id)


def people_page(
    reading: Reading,
    letter: Letter | None = None,
    segment: Segment | None = None,
    form: Form | None = None,
) -> Response:
    """The list of a segment, or of a letter's own audience, where people can be taken out by hand."""
    letter_id = letter.id if letter else None
    counts = count_by_reason(reading, letter_id)
    shows_left = request.args.get("show") == "left"
    total = sum(counts.values()) - counts.get("", 0) if shows_left else counts.get("", 0)
    rows = left_out(reading, letter_id) if shows_left else getting_it(reading, letter_id)
    listing = Listing(rows, _sorts(), total=total)
    if kind := wanted_export():
        return people_sheet(here().network.slug, reading, listing, kind)
    return page(
        "letters/people.html",
        reading=reading,
        letter=letter,
        segment=segment,
        counts=counts,
        reasons=told_reasons(counts),
        listing=listing,
        shows_left=shows_left,
        why=reasons_of(reading, [one.id for one in listing.items]),
        left_out_because=in_words,
        form=form or SegmentForm(data=_named(segment)),
        carried=_carried(),
    )


def _named(segment: Segment | None) -> dict[str, str]:
    return {"name": segment.name, "version": str(segment.row_version)} if segment else {}


def _segment_here() -> Segment | None:
    number = request.args.get("segment", type=row_number)
    return segment_in(here().network.id, number) if number else None


def _carried() -> dict[str, str]:
    """What the question belongs to travels along with it: a draft, a saved segment, what the letter will be about."""
    return {name: request.args[name] for name in ("letter", "segment", "about") if request.args.get(name)}


def _offered(reading: Reading) -> list[tuple[str, list[tuple[Rule, Mapping[str, str]]]]]:
    """The rules by where they stand, each with the answers that can be given and those that are given."""
    headings = {
        Part.WHO: _("Who they are"),
        Part.CAME: _("Meetings"),
        Part.DID: _("What they did"),
        Part.SINCE: _("How long, how often"),
    }
    span, chosen = reading.span, reading.question
    rules = [(rule, rule.names(span, chosen.of(rule.key))) for rule in open_rules(span.network.rooms)]
    shown = [(rule, names) for rule, names in rules if names or rule.asks in ("words", "day")]
    by_part = {part: [pair for pair in shown if pair[0].part is part] for part in Part}
    return [(heading, by_part[part]) for part, heading in headings.items() if by_part[part]]


def _sorts() -> tuple[Sort, ...]:
    return (
        Sort("name", _("By name"), (Person.sort_name, Person.id)),
        Sort("school", _("By place of work"), (Organisation.sort_name, Person.sort_name, Person.id)),
    )
