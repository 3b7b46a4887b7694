"""What was said to be wrong, told to whoever minds the box: one mail for all that came in within some minutes."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select

from portal.db import db, operation, writing
from portal.kit.models import Kit, KitProblem
from portal.kit.queries_problems import open_problems
from portal.mail import kinds, outbox
from portal.mail.queries import has_stopped
from portal.networks.models import Network
from portal.networks.queries import networks_open_for
from portal.networks.queries_asking import coordinator_addresses, primary_address
from portal.networks.queries_members import current_membership
from portal.people.models import Person
from portal.web import clock
from portal.web.housekeeping import each_round
from portal.web.languages import in_language
from portal.web.links import absolute

KIND = "kit-problem"
kinds.declare(
    KIND,
    why=_l("You get this because you look after these boxes."),
    name=_l("Reports of what is missing or broken"),
)
# Whoever stands at a box says one thing after the other: they come in one mail.
WAIT = timedelta(minutes=10)


def tell_of_problems() -> int:
    """Write to whoever is to know, one network after the other; returns how many mails. Done at each round of the worker."""
    told = 0
    for network_id in db.session.execute(_due()).scalars().all():
        with writing():
            told += _tell(network_id)
    return told


def _due() -> Any:
    """Open networks with this room in which something was said some minutes ago that nobody was written."""
    said = select(Kit.network_id).join(KitProblem, KitProblem.kit_id == Kit.id)
    said = said.where(KitProblem.mailed_at.is_(None), KitProblem.told_at <= clock.now() - WAIT)
    return said.where(Kit.network_id.in_(networks_open_for("kit"))).distinct()


@operation
def _tell(network_id: int) -> int:
    """All that is new in one network. What they said themselves, and what is settled already, they need not be told."""
    fresh = (Kit.network_id == network_id) & KitProblem.mailed_at.is_(None)
    rows = open_problems(fresh)
    kept = db.session.execute(select(Kit.id, Kit.keeper_id).where(Kit.id.in_({row.kit_id for row in rows})))
    keepers = {row.id: row.keeper_id for row in kept}
    coordinators = [one.person_id for one in coordinator_addresses(network_id)]
    theirs: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        minding = dict.fromkeys((*coordinators, *([keepers[row.kit_id]] if keepers.get(row.kit_id) else [])))
        if row.told_by not in minding:
            for person_id in minding:
                theirs[person_id or 0].append(row)
    told = sum(_write(network_id, person_id, problems) for person_id, problems in theirs.items())
    kits = select(Kit.id).where(Kit.network_id == network_id)
    new = select(KitProblem).where(KitProblem.mailed_at.is_(None), KitProblem.kit_id.in_(kits))
    for problem in db.session.execute(new).scalars():
        problem.mailed_at = clock.now()
    return told


def _write(network_id: int, person_id: int, problems: Sequence[Any]) -> int:
    to = primary_address(person_id)
    if not to or not current_membership(network_id, person_id) or has_stopped(person_id, KIND, network_id):
        return 0
    person, network = db.session.get_one(Person, person_id), db.session.get_one(Network, network_id)
    with in_language(person.locale or network.locale):
        boxes = list(dict.fromkeys(row.kit_title for row in problems))
        subject = ngettext(
            "One thing is wrong with “%(box)s”", "%(num)s things are wrong with “%(box)s”", len(problems), box=boxes[0]
        )
        if len(boxes) > 1:
            subject = ngettext(
                "One thing is wrong with the boxes", "%(num)s things are wrong with the boxes", len(problems)
            )
        outbox.queue(
            KIND, to, subject, "kit_problems", to_name=person.name, person_id=person.id, network_id=network.id,
            from_name=network.short_name or network.name, network=network, first_name=person.first_name,
            boxes={title: [row for row in problems if row.kit_title == title] for title in boxes},
            link=absolute("kit.refill", network=network.slug),
        )  # fmt: skip
    return 1


each_round(tell_of_problems)
