"""The link in a booking's mails: it opens one person's bookings for one event, and nothing else.

It is signed and not stored, so the same link stands in every mail about the event; a changed one opens nothing.
"""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from portal.web.links import absolute


def booking_token(event_id: int, person_id: int) -> str:
    return str(_signer().dumps([event_id, person_id]))


def read_booking_token(token: str) -> tuple[int, int] | None:
    """Event and person of a token, or None when it is not one of ours."""
    try:
        event_id, person_id = _signer().loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    return int(event_id), int(person_id)


def booking_url(event_id: int, person_id: int) -> str:
    """The full address for a mail."""
    return absolute("public_events.booking", booking_token=booking_token(event_id, person_id))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="events.booking")
