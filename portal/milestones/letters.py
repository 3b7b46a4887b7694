"""The mail about what is due: names, days, and one press for what one of the two says. No word of what they talk about."""

from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from portal.mail import kinds, outbox
from portal.mail.answers import address_for
from portal.mentoring_mail.queries_readers import Reader
from portal.milestones import words
from portal.milestones.due import State
from portal.milestones.queries_pairs import PairStands
from portal.web.languages import in_language
from portal.web.links import absolute, act_link

KIND = "milestones"
kinds.declare(
    KIND, why=_l("You get this because you are one of a pair whose programme asks for this."),
    name=_l("mails about what programmes ask for"), private=True,
)  # fmt: skip
DAYS, MOST_SHOWN = 30, 12


class Told(NamedTuple):
    """One thing that is due: the row that keeps what is said of it, whose pair it is, and how it stands."""

    mark_id: int
    pair: PairStands
    state: State


def write_what_is_due(reader: Reader, due: Sequence[Told]) -> None:
    """One mail about all of it. Belongs inside an operation."""
    with in_language(reader.locale):
        first = sorted(due, key=lambda one: one.state.asked.due_on)
        outbox.queue(
            KIND, reader.address, _subject(first), "milestones_due", to_name=reader.name, person_id=reader.person_id,
            network_id=reader.network_id, from_name=reader.sender, network={"name": reader.network},
            first_name=reader.first_name, reply_to=address_for("mentoring", reader.person_id, reader.network_id),
            due=[_line(reader, one, first) for one in first[:MOST_SHOWN]], left_out=max(0, len(first) - MOST_SHOWN),
            page=absolute("mentoring.index", network=reader.slug),
        )  # fmt: skip


def _subject(due: Sequence[Told]) -> str:
    if len(due) == 1:
        return words.in_a_line(due[0].state)
    return ngettext("%(num)s thing is due in your mentoring", "%(num)s things are due in your mentoring", len(due))


def _line(reader: Reader, told: Told, due: Sequence[Told]) -> dict[str, str]:
    """What it is and with whom; a link that says it is done where one press is enough, else the page where it is done."""
    asked = told.state.asked
    page = absolute(
        "milestones.one", network=reader.slug, pairing_id=told.pair.id, milestone_id=asked.milestone.id,
        period=asked.period.isoformat(),
    )  # fmt: skip
    is_one_press = asked.milestone.known_by == "hand" and not asked.milestone.live_lines
    return {
        "name": words.called(told.state, [one.state for one in due if one.pair.id == told.pair.id]),
        "other": told.pair.other_of(reader.person_id),
        "standing": words.standing(told.state),
        "link": act_link("milestone", reader.person_id, told.mark_id, days=DAYS) if is_one_press else page,
        "says": _("Say that it is done:") if is_one_press else _("Its page (you sign in first):"),
    }
