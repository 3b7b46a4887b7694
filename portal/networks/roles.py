"""What a person can be in a network, in words, and who may give which role."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from portal.networks.models import ROLES

NAMES: dict[str, LazyString] = {
    "coordinator": _l("Coordinator"),
    "member": _l("Member"),
    "mentor": _l("Mentor"),
    "observer": _l("Observer"),
}
MEANINGS: dict[str, LazyString] = {
    "coordinator": _l("Runs the network: invites, marks attendance, changes settings."),
    "member": _l("Takes part in everything."),
    "mentor": _l("Takes part in everything and can be paired with somebody to mentor."),
    "observer": _l("Reads along and is not counted as taking part: a funder, a partner, a researcher."),
}


def role_name(role: str) -> str:
    """The role as people read it."""
    return str(NAMES.get(role, role))


def role_choices() -> list[tuple[str, LazyString]]:
    """(role, name), the usual one first."""
    return [(role, NAMES[role]) for role in ("member", "mentor", "coordinator", "observer")]


def roles_given_by(role: str | None, is_administrator: bool = False) -> tuple[str, ...]:
    """The roles that somebody may give: a coordinator or the administrator all of them, anybody else none."""
    return ROLES if role == "coordinator" or is_administrator else ()


def capped(role: str, gives: tuple[str, ...]) -> str:
    """The role as it can still be given: an inviter who has stepped down since leaves a plain membership."""
    return role if role in gives else "member"
