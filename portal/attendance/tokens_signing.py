"""What stands in the addresses of signing in: the pass of who knows the code, the receipt of an arrival, the kiosk's link.

All are signed and none is stored. A pass is the code with a signature, so that the square on the wall can't be guessed
and opening it needs no counting of wrong tries.
"""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import current_app
from itsdangerous import BadSignature, Signer, URLSafeSerializer

from portal.activities.operations_presence import Before, Presence
from portal.events.models import Session

# 96 bits of signature.
MARK = 16
NAME = 60


@dataclass(frozen=True, slots=True)
class Receipt:
    """Whose arrival it was, as this phone knows her, and what stood there before; None where she was in already."""

    session_id: int
    person_id: int
    name: str
    noted_at: datetime
    before: Before | None


def code_pass(session: Session) -> str:
    """ "K7QD-…": opens the names of this session as long as this very code works."""
    made_at = int(session.room_code_made_at.timestamp()) if session.room_code_made_at else 0
    signature = Signer(_secret(), salt="attendance.code").get_signature(f"{session.id}.{session.room_code}.{made_at}")
    return f"{session.room_code}-{signature.decode()[:MARK]}"


def is_pass_of(session: Session, given: str) -> bool:
    return hmac.compare_digest(code_pass(session).encode(), given.encode())


def receipt_for(session: Session, person_id: int, name: str, presence: Presence) -> str:
    before = presence.before
    kept = [before.existed, _second(before.left_at), before.minutes, before.how] if before else None
    said = [session.id, person_id, name[:NAME], presence.recorded_at.timestamp(), kept]
    return str(_serializer("receipt").dumps(said))


def read_receipt(receipt: str) -> Receipt | None:
    """What a receipt says, or None for anything that we did not sign."""
    try:
        session_id, person_id, name, noted, kept = _serializer("receipt").loads(receipt)
    except (BadSignature, ValueError, TypeError):
        return None
    before = Before(kept[0], _moment(kept[1]), kept[2], kept[3]) if kept else None
    return Receipt(session_id, person_id, name, datetime.fromtimestamp(noted, UTC), before)


def kiosk_token(session: Session) -> str:
    """The kiosk's link while it is open: opened again it is another."""
    return str(_serializer("kiosk").dumps([session.id, _second(session.kiosk_opened_at)]))


def read_kiosk_token(token: str) -> tuple[int, float] | None:
    """The session, and when its kiosk was opened."""
    try:
        session_id, opened = _serializer("kiosk").loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    return int(session_id), float(opened)


def is_kiosk_of(session: Session, opened: float) -> bool:
    return session.kiosk_opened_at is not None and _second(session.kiosk_opened_at) == opened


def _second(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


def _moment(second: float | None) -> datetime | None:
    return datetime.fromtimestamp(second, UTC) if second is not None else None


def _serializer(salt: str) -> URLSafeSerializer:
    return URLSafeSerializer(_secret(), salt=f"attendance.{salt}")


def _secret() -> str:
    return str(current_app.secret_key)
