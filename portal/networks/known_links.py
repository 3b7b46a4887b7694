"""Links for people who are known here and never came in: signed, for seven days, to one address.

Nothing is stored for them. Coming in or being forgotten makes the link useless, since it works only for somebody who
has not come in yet.
"""

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from portal.db import db
from portal.people.models import EmailAddress

PURPOSE = "known"
SECONDS = 7 * 24 * 3600


def known_token(address_id: int) -> str:
    """A token that says: whoever holds this reads mail to that address."""
    return f"{PURPOSE}-{_signer().dumps(address_id)}"


def address_behind(token: str) -> EmailAddress | None:
    """The address that a link was mailed to, while its person has neither come in nor been forgotten."""
    try:
        address_id = _signer().loads(token.removeprefix(f"{PURPOSE}-"), max_age=SECONDS)
    except BadData:
        return None
    address = db.session.get(EmailAddress, address_id)
    if address is None or address.person.admitted_at or address.person.erased_at:
        return None
    return address


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="known-person")
