"""What a form holds before anything is typed, and whether a coordinator fills it in for somebody else."""

from typing import Any

from flask import request

from portal.matching import policy
from portal.matching.models import MentorAsk, MentorOffer
from portal.matching.queries_people import known_of, members_without_account
from portal.networks.scope import here
from portal.web.access import me
from portal.web.errors import NotYours


def for_whom() -> list[tuple[int, str]] | None:
    """None: for herself. Else, at ``?for=another``, those without an account. Raises NotYours for whoever may neither."""
    if not policy.may_take_part(here().membership):
        raise NotYours
    if request.args.get("for") != "another":
        return None
    if not policy.coordinates(here().membership):
        raise NotYours
    return members_without_account(here().network.id)


def known_already(people: list[tuple[int, str]] | None) -> dict[str, Any]:
    """Her subjects, phases and language. Of somebody else nothing is known before she is chosen."""
    if people is not None:
        return {"languages": [here().network.locale[:2]]}
    known = known_of((me().person_id,))[me().person_id]
    return {
        "subjects": known.words.get("subject", []),
        "phases": known.words.get("phase", []),
        "languages": [(known.locale or here().network.locale)[:2]],
    }


def may_change(row: MentorAsk | MentorOffer, has_account: bool) -> bool:
    return policy.may_change(here().membership, row, has_account)


def refuse_others(row: MentorAsk | MentorOffer) -> None:
    """Raises NotYours where this wish or offer is not hers to change (one query)."""
    if not may_change(row, known_of((row.person_id,), with_words=False)[row.person_id].has_account):
        raise NotYours
