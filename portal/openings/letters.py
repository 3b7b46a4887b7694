"""The mails around an opening: to coordinators, that somebody would like it or no longer does; to her, what they answer."""

from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.db import db
from portal.mail import kinds, outbox
from portal.mail.queries import has_stopped
from portal.networks.models import Membership, Network
from portal.networks.queries_asking import primary_address
from portal.openings.models import Opening, OpeningInterest
from portal.people.models import Person
from portal.web.languages import in_language
from portal.web.links import absolute

WANTED, ANSWERED = "opening-wanted", "opening-answered"
kinds.declare(
    WANTED,
    why=_l("You get this because you coordinate the network, and somebody waits for an answer."),
    name=_l("Mails about people who would like an opening"),
)
kinds.declare(ANSWERED, why=_l("You get this because you said that you would like it."))


def tell_coordinators(opening: Opening, interest: OpeningInterest) -> None:
    """To each coordinator who has not stopped these; not to herself where she is one."""
    query = select(Membership.person_id).where(
        Membership.network_id == opening.network_id,
        Membership.role == "coordinator",
        Membership.ended_at.is_(None),
        Membership.paused_at.is_(None),
        Membership.person_id != interest.person_id,
    )
    asker = db.session.get_one(Person, interest.person_id).name
    for person_id in db.session.execute(query).scalars().all():
        if not has_stopped(person_id, WANTED, opening.network_id):
            subject = _l("%(name)s would like “%(title)s”", name=asker, title=opening.title)
            _tell(opening, person_id, WANTED, "opening_wanted", subject, asker=asker, says=interest.says)


def tell_her(opening: Opening, interest: OpeningInterest, by: int) -> None:
    subject = (
        _l("Yes: “%(title)s”", title=opening.title)
        if interest.answer == "taken"
        else _l("Not now: “%(title)s”", title=opening.title)
    )
    actor = db.session.get_one(Person, by).name
    is_yes = interest.answer == "taken"
    _tell(opening, interest.person_id, ANSWERED, "opening_answered", subject, actor=actor, is_yes=is_yes)


def tell_free(opening: Opening, interest: OpeningInterest) -> None:
    """To the coordinator who had said yes, that she no longer asks for it."""
    by = interest.answered_by
    if by and not has_stopped(by, WANTED, opening.network_id):
        asker = db.session.get_one(Person, interest.person_id).name
        subject = _l("A place is free again: “%(title)s”", title=opening.title)
        _tell(opening, by, WANTED, "opening_free", subject, asker=asker)


def _tell(opening: Opening, person_id: int, kind: str, template: str, subject: LazyString, **more: Any) -> None:
    if (to := primary_address(person_id)) is None:
        return
    reader = db.session.get_one(Person, person_id)
    network = db.session.get_one(Network, opening.network_id)
    with in_language(reader.locale or network.locale):
        outbox.queue(
            kind, to, str(subject), template, to_name=reader.name, person_id=person_id, network_id=network.id,
            from_name=network.short_name or network.name, network=network, first_name=reader.first_name,
            title=opening.title, link=absolute("openings.show", network=network.slug, opening_id=opening.id),
            others=absolute("openings.index", network=network.slug), **more,
        )  # fmt: skip
