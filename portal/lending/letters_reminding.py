"""The timed mails of a loan, each with the link that does what it asks for without signing in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.kit.models import Kit, KitPart
from portal.kit.queries import parts_of
from portal.lending.models import Loan
from portal.lending.queries_late import Late, late_boxes
from portal.lending.telling import minders_of, whom_to_ask
from portal.mail import kinds, outbox
from portal.mail.queries import has_stopped
from portal.networks.models import Network
from portal.networks.queries_asking import primary_address
from portal.people.models import Person
from portal.web import dates
from portal.web.languages import in_language
from portal.web.links import absolute, act_link

REMINDER, LATE, USE, MINDERS = "kit-reminder", "kit-late", "kit-use", "kit-late-boxes"
BORROWED = _l("You get this because you have borrowed this box.")
kinds.declare(REMINDER, why=BORROWED, name=_l("Reminders to collect a box and to bring it back"))
kinds.declare(LATE, why=BORROWED, name=_l("Reminders of boxes that are late"))
kinds.declare(USE, why=BORROWED, name=_l("Questions how a box was used"))
kinds.declare(
    MINDERS,
    why=_l("You get this because you look after these boxes or coordinate their network."),
    name=_l("Weekly lists of boxes that are late"),
)
DAYS = 60


def tell_ready(loan: Loan, today: date) -> int:
    """Three days ahead: where to collect it, what lies in it, and what of it is short."""
    kit = db.session.get_one(Kit, loan.kit_id)
    parts = parts_of(kit.id)
    return _tell(
        REMINDER, "kit_ready", _l("You collect it soon: %(title)s", title=kit.name), loan, kit,
        parts=[line(part) for part in parts], short=[short(part) for part in parts if part.there < part.quantity],
    )  # fmt: skip


def tell_due(loan: Loan, today: date) -> int:
    kit = db.session.get_one(Kit, loan.kit_id)
    is_today = loan.ends_on == today
    subject = _l("Due back today: %(title)s", title=kit.name) if is_today else _l(
        "Due back tomorrow: %(title)s", title=kit.name
    )  # fmt: skip
    return _tell(REMINDER, "kit_due", subject, loan, kit, is_today=is_today)


def tell_late(loan: Loan, today: date) -> int:
    """The day after it was due, then once a week. Says who waits for it, since that moves people."""
    kit = db.session.get_one(Kit, loan.kit_id)
    late = late_boxes(Loan.id == loan.id, today, 1)
    if late and loan.network_id != kit.network_id:
        late = [replace(late[0], next_school="")]
    return _tell(
        LATE, "kit_late", _l("Late: %(title)s", title=kit.name), loan, kit,
        days=(today - loan.ends_on).days, next_one=late[0] if late and late[0].next_on else None,
    )  # fmt: skip


def ask_use(loan: Loan, today: date) -> int:
    kit = db.session.get_one(Kit, loan.kit_id)
    return _tell(USE, "kit_use", _l("How was it used? %(title)s", title=kit.name), loan, kit)


def tell_minders(network_id: int, today: date) -> int:
    """Everything that is late, one mail to each coordinator; to a keeper what she keeps. Returns how many mails."""
    network = db.session.get_one(Network, network_id)
    readers: dict[int, tuple[Any, list[Late]]] = {}
    for late in late_boxes(Kit.network_id == network_id, today, most=200):
        for reader in minders_of(db.session.get_one(Kit, late.kit_id), network):
            readers.setdefault(reader.person_id, (reader, []))[1].append(late)
    wanted = [found for key, found in readers.items() if not has_stopped(key, MINDERS, network_id)]
    for reader, boxes in wanted:
        with in_language(reader.locale):
            _queue_list(reader, boxes, network, today)
    return len(wanted)


def _queue_list(reader: Any, boxes: Sequence[Late], network: Network, today: date) -> None:
    outbox.queue(
        MINDERS, reader.address, ngettext("%(num)s box is late", "%(num)s boxes are late", len(boxes)), "kit_late_boxes",
        to_name=reader.name, person_id=reader.person_id, network_id=network.id,
        from_name=network.short_name or network.name, network=network, first_name=reader.first_name, today=today,
        boxes=[(late, act_link("kitback", reader.person_id, late.loan_id, days=DAYS)) for late in boxes],
        link=absolute("kit_calendar.index", network=network.slug),
    )  # fmt: skip


def _tell(kind: str, template: str, subject: LazyString, loan: Loan, kit: Kit, **more: Any) -> int:
    """One mail to the borrower, in her language, unless she stopped its kind or has no address that works."""
    network = db.session.get_one(Network, kit.network_id)
    her = db.session.get_one(Person, loan.person_id)
    address = primary_address(her.id)
    if address is None or has_stopped(her.id, kind, loan.network_id):
        return 0
    answers = whom_to_ask(loan, kit)
    sender = network.short_name or network.name
    with in_language(her.locale or network.locale):
        outbox.queue(
            kind, address, str(subject), template, to_name=her.name, person_id=her.id, network_id=loan.network_id,
            from_name=sender, reply_to=primary_address(answers) if answers else None, network=network, first_name=her.first_name,
            loan=loan, kit=kit, start=dates.day(loan.starts_on), end=dates.day(loan.ends_on),
            asks_person=db.session.get_one(Person, answers).name if answers else network.name, **_links(loan), **more,
        )  # fmt: skip
    return 1


def _links(loan: Loan) -> dict[str, Any]:
    acts = {"back": "kitback", "longer": "kitlonger", "use": "kituse"}
    return {name: act_link(act, loan.person_id, loan.id, days=DAYS) for name, act in acts.items()}


def line(part: KitPart) -> str:
    """One part of the contents, as it stands on the list in the lid."""
    return _("%(quantity)s × %(title)s", quantity=part.quantity, title=part.title)


def short(part: KitPart) -> str:
    return _(
        "%(title)s: %(there)s of %(quantity)s are there", title=part.title, there=part.there, quantity=part.quantity
    )
