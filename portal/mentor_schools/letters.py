"""The mails around mentor schools: to a lead who is asked, to her who takes over, and to those who wait for the answers."""

from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.db import db
from portal.mail import kinds, outbox
from portal.mail.queries import has_stopped
from portal.mentor_schools.models import OrganisationPair
from portal.mentor_schools.queries import sides_of
from portal.networks.models import Membership, Network
from portal.networks.queries_asking import primary_address
from portal.people.models import Person
from portal.web import dates
from portal.web.languages import in_language
from portal.web.links import absolute, act_link

KIND, ACT = "mentor-school", "mentorschool"
DAYS = 60
NEWS = {
    "running": _l("They are mentor schools now"),
    "declined": _l("Not this time: mentor schools"),
    "ended": _l("Mentor schools: it has ended"),
    "resumed": _l("Mentor schools: it goes on after all"),
}
kinds.declare(
    KIND,
    why=_l("You get this because you stand for one of the two in this network, or coordinate it."),
    name=_l("Mails about mentor schools"),
)


def ask_leads(pair: OrganisationPair, by: int, side: str = "") -> None:
    """Ask each lead whose side has not said yes, or that of one side: is that right? Answered by one press."""
    sides = (
        ("mentor", pair.mentor_lead_id, pair.mentor_accepted_at),
        ("mentee", pair.mentee_lead_id, pair.mentee_accepted_at),
    )
    for name, lead, accepted_at in sides:
        if lead and accepted_at is None and side in ("", name):
            _tell(pair, lead, "mentor_school_asked", _l("Will you stand for %(school)s?", school=_own(pair, lead)), by)


def tell_new_lead(pair: OrganisationPair, lead: int) -> None:
    """Somebody takes over one side of what runs already."""
    _tell(pair, lead, "mentor_school_lead", _l("You stand for %(school)s now", school=_own(pair, lead)), None)


def tell_coordinators(pair: OrganisationPair, by: int) -> None:
    """A member proposed it: coordinators know, and name a lead where none is."""
    for person_id in _coordinators(pair.network_id, by):
        _tell(pair, person_id, "mentor_school_news", _l("A mentor school is proposed"), by, news="proposed")


def tell_answer(pair: OrganisationPair, by: int, news: str) -> None:
    """One of NEWS, to whoever proposed it and the other lead, once each."""
    subject = NEWS[news]
    for person_id in {pair.proposed_by, pair.mentor_lead_id, pair.mentee_lead_id} - {by, None}:
        _tell(pair, person_id or 0, "mentor_school_news", subject, by, news=news)


def _own(pair: OrganisationPair, lead: int) -> str:
    sides = sides_of(pair)
    is_mentor = lead == pair.mentor_lead_id
    return sides.get(pair.mentor_organisation_id if is_mentor else pair.mentee_organisation_id, "")


def _coordinators(network_id: int, but: int) -> list[int]:
    query = select(Membership.person_id).where(
        Membership.network_id == network_id,
        Membership.role == "coordinator",
        Membership.ended_at.is_(None),
        Membership.paused_at.is_(None),
        Membership.person_id != but,
    )
    return list(db.session.execute(query).scalars())


def _tell(
    pair: OrganisationPair, person_id: int, template: str, subject: LazyString, by: int | None, **more: Any
) -> None:
    """Without an address, or after she stopped these, nothing is sent."""
    to = primary_address(person_id)
    if to is None or has_stopped(person_id, KIND, pair.network_id):
        return
    reader = db.session.get_one(Person, person_id)
    network = db.session.get_one(Network, pair.network_id)
    sides = sides_of(pair)
    with in_language(reader.locale or network.locale):
        outbox.queue(
            KIND, to, str(subject), template, to_name=reader.name, person_id=person_id, network_id=network.id,
            from_name=network.short_name or network.name, network=network, first_name=reader.first_name,
            actor=db.session.get_one(Person, by).name if by else "", mine=_own(pair, person_id),
            mentor=sides.get(pair.mentor_organisation_id, ""), mentee=sides.get(pair.mentee_organisation_id, ""),
            purpose=pair.purpose, start=dates.day(pair.starts_on), end=dates.day(pair.ends_on),
            yes=act_link(ACT, person_id, pair.id, days=DAYS, choice="yes"),
            no=act_link(ACT, person_id, pair.id, days=DAYS, choice="no"),
            link=absolute("mentor_schools.show", network=network.slug, pair_id=pair.id), **more,
        )  # fmt: skip
