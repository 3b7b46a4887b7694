"""The credit of an event: put in, changed, taken away and brought back; and how it stands with the provider."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import flag_modified

from portal.credit.models import CreditType
from portal.db import db, operation
from portal.events.credit_words import LABELS, block_in_words, state_in_words
from portal.events.models import Event
from portal.events.models_credit import EventCredit
from portal.events.queries_credit import credits_of
from portal.history import phrases, record
from portal.web import clock, dates
from portal.web.errors import Conflict, DomainError

phrases.declare(
    {
        "credit-added": _l("%(actor)s put in %(kind)s"),
        "credit-changed": _l("%(actor)s changed what stands about %(kind)s"),
        "credit-removed": _l("%(actor)s took out %(kind)s"),
        "credit-restored": _l("%(actor)s brought %(kind)s back"),
        "credit-applied": _l("%(actor)s noted that %(kind)s is applied for, dated %(on)s"),
        "credit-approved": _l("%(actor)s noted that %(kind)s is approved, dated %(on)s"),
        "credit-declined": _l("%(actor)s noted that %(kind)s is declined, dated %(on)s"),
        "credit-taken-back": _l("%(actor)s took a step back with %(kind)s"),
    }
)
# The lines stand on the event's credit page, by the event's id: members do not read what is not approved yet.
SUBJECT = "event_credit"


@operation
def add_credit(event: Event, kind: CreditType, values: Mapping[str, Any], by: int) -> EventCredit:
    """Let an event carry a kind of credit, not applied for yet.

    Raises DomainError when the event carries that kind in that category already.
    """
    _only_once(event, kind, values["category"], None)
    block = EventCredit(event_id=event.id, credit_type_id=kind.id, **{key: values[key] for key in LABELS})
    db.session.add(block)
    _tell(event, kind, by, "credit-added")
    return block


@operation
def change_credit(
    event: Event, block: EventCredit, kind: CreditType, version: int, values: Mapping[str, Any], by: int
) -> EventCredit:
    """Change what stands there. What was approved stays approved: the letter is a fact, and the page warns.

    Raises Conflict when somebody saved meanwhile, DomainError for a kind and category that the event carries already.
    """
    _same_version(block, kind, version)
    _only_once(event, kind, values["category"], block)
    for key in LABELS:
        setattr(block, key, values[key])
    # Saved means seen: the version goes up even where nothing differs.
    flag_modified(block, "provider")
    _tell(event, kind, by, "credit-changed")
    return block


@operation
def remove_credit(event: Event, block: EventCredit, kind: CreditType, by: int) -> None:
    """Take it out of the event; ``restore_credit`` brings it back. Certificates that were given keep it."""
    block.removed_at = clock.now()
    _tell(event, kind, by, "credit-removed")


@operation
def restore_credit(event: Event, block: EventCredit, kind: CreditType, by: int) -> None:
    """Bring it back as it was. Raises DomainError when the event carries the same again meanwhile."""
    _only_once(event, kind, block.category, block)
    block.removed_at = None
    _tell(event, kind, by, "credit-restored")


@operation
def note_standing(
    event: Event,
    block: EventCredit,
    kind: CreditType,
    version: int,
    state: str,
    on: date,
    by: int,
    number: str = "",
    why: str = "",
) -> EventCredit:
    """Note that it is applied for, approved or declined, by the date on the letter; an approval after the start too.

    Raises Conflict when somebody noted something meanwhile.
    """
    _same_version(block, kind, version)
    _stand(block, state, on)
    block.in_service_number = number
    block.declined_why = why if state == "declined" else ""
    _tell(event, kind, by, f"credit-{state}", on=dates.day(on))
    return block


@operation
def note_applied(event: Event, block: EventCredit, kind: CreditType, on: date, by: int) -> None:
    """The proposal was sent: one press beside its download. Raises DomainError where it stands further already."""
    if block.state != "none":
        raise DomainError(_("It was noted before: %(state)s.", state=state_in_words(block, kind)))
    _stand(block, "applied", on)
    _tell(event, kind, by, "credit-applied", on=dates.day(on))


@operation
def step_back(event: Event, block: EventCredit, kind: CreditType, by: int) -> str:
    """Take back what was noted last: no longer approved or declined, or no longer applied for. Returns how it stands now."""
    if block.approved_on or block.declined_on:
        block.approved_on = block.declined_on = None
        block.declined_why = ""
    elif block.applied_on:
        block.applied_on = None
    else:
        raise DomainError(_("There is nothing to take back."))
    _tell(event, kind, by, "credit-taken-back")
    return block.state


@operation
def copy_credit(event: Event, copy: Event) -> None:
    """What an event carries, for its next term: each term is applied for anew, so nothing of its standing comes along."""
    for block, kind in credits_of(event.id):
        if kind.in_use:
            values = {key: getattr(block, key) for key in LABELS}
            db.session.add(EventCredit(event_id=copy.id, credit_type_id=kind.id, **values))


def _stand(block: EventCredit, state: str, on: date) -> None:
    block.approved_on = on if state == "approved" else None
    block.declined_on = on if state == "declined" else None
    if state == "applied":
        block.applied_on = on


def _same_version(block: EventCredit, kind: CreditType, version: int) -> None:
    if block.row_version != version:
        raise Conflict(block_in_words(block) | {"state": state_in_words(block, kind)})


def _only_once(event: Event, kind: CreditType, category: str, but: EventCredit | None) -> None:
    for block, _kind in credits_of(event.id):
        if block is not but and block.credit_type_id == kind.id and block.category == category:
            said = _("This event carries that already. Change it there, or choose another category.")
            raise DomainError(said, "category")


def _tell(event: Event, kind: CreditType, by: int, action: str, **more: Any) -> None:
    record(by, action, SUBJECT, event.id, event.network_id, kind=kind.name, **more)
