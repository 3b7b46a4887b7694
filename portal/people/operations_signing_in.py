"""Signing in with six characters sent by mail. The page answers the same whether or not an address is known."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select, update

from portal.db import db, operation
from portal.mail import kinds, outbox
from portal.people.models import EmailAddress, Person, SignInCode
from portal.people.names import fold_address
from portal.people.operations_bounces import note_proved
from portal.web import clock, limits
from portal.web.errors import DomainError
from portal.web.links import absolute, hashed, new_token

# No 0 O 1 I L: people read codes aloud and type them from paper.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 6
TRIES = 5
PER_ADDRESS, PER_CLIENT, WINDOW = 5, 30, 15
GUESSES_PER_CLIENT = 50

kinds.declare("sign-in-code", why=_l("You get this because somebody typed your address to sign in."))

# What is done for somebody who is known and was never let in: rooms above write to her and offer the choice.
_for_the_known: list[Callable[[int, str], None]] = []


def when_only_known(write: Callable[[int, str], None]) -> None:
    """Have ``write(person_id, address)`` called when somebody asks for a code who may not sign in yet."""
    if write not in _for_the_known:
        _for_the_known.append(write)


@dataclass(frozen=True)
class SentCode:
    """What the next page needs: the row, and the code itself for development alone."""

    id: int
    code: str


@operation
def send_code(address: str, client: str, code_minutes: int, onward: str = "") -> SentCode:
    """Mail a new code to an address; unknown addresses get a row that no code can match, and no mail.

    Raises DomainError when there were too many, counted per address and per client, over workers and restarts.
    """
    folded = fold_address(address)
    if limits.too_many("code-address", folded, PER_ADDRESS, WINDOW) or limits.too_many(
        "code-client", client, PER_CLIENT, WINDOW
    ):
        raise DomainError(
            _("That is many codes in a short time. Wait a quarter of an hour, then ask again."), "address"
        )
    person = _who_may_sign_in(folded)
    code = "".join(secrets.choice(ALPHABET) for _position in range(LENGTH))
    token = new_token()
    now = clock.now()
    row = SignInCode(
        folded=folded,
        person_id=person.id if person else None,
        code_hash=_code_hash(folded, code),
        link_hash=hashed(token),
        sent_at=now,
        expires_at=now + timedelta(minutes=code_minutes),
        onward=onward,
    )
    db.session.execute(
        update(SignInCode).where(SignInCode.folded == folded, SignInCode.used_at.is_(None)).values(used_at=now)
    )
    db.session.add(row)
    db.session.flush()
    if person:
        _mail_code(person, address, code, token, code_minutes)
    else:
        _write_to_the_known(folded, address)
    return SentCode(row.id, code)


@operation
def use_code(code_id: int, typed: str, client: str) -> tuple[int, str] | str:
    """Try a code. Returns the person's id and where she was going, or a sentence that says why not.

    A wrong try is counted and kept, so the refusal is an answer and not an error.
    """
    if limits.too_many("code-guess", client, GUESSES_PER_CLIENT, WINDOW):
        return _("That is many tries in a short time. Wait a quarter of an hour, then try again.")
    row = db.session.get(SignInCode, code_id)
    if row is None or row.used_at or row.expires_at <= clock.now() or row.tries >= TRIES:
        return _("This code has been used or is out of date. Ask for a new one.")
    row.tries += 1
    right = hmac.compare_digest(row.code_hash, _code_hash(row.folded, tidy(typed)))
    if not right or row.person_id is None:
        if row.tries >= TRIES:
            return _("That was the fifth try, so this code is closed. Ask for a new one.")
        return _("That is not the code from the newest mail. Compare the six characters and try again.")
    return _accept(row)


@operation
def use_link(token: str) -> tuple[int, str] | str:
    """Use the link of the mail, after its button was pressed: a mail scanner that opens it signs nobody in."""
    row = _row_of_link(token)
    if row is None or row.used_at or row.expires_at <= clock.now() or row.person_id is None:
        return _("This link has been used or is out of date. Ask for a new code.")
    return _accept(row)


def link_is_open(token: str) -> bool:
    """Whether the button of a mailed link would still work."""
    row = _row_of_link(token)
    return bool(row and not row.used_at and row.expires_at > clock.now())


def tidy(typed: str) -> str:
    """Blanks, dashes and small letters do not matter."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def _accept(row: SignInCode) -> tuple[int, str]:
    now = clock.now()
    row.used_at = now
    db.session.execute(
        update(EmailAddress)
        .where(EmailAddress.folded == row.folded, EmailAddress.verified_at.is_(None))
        .values(verified_at=now)
    )
    assert row.person_id is not None
    note_proved(row.person_id, row.folded)
    return row.person_id, row.onward


def _who_may_sign_in(folded: str) -> Person | None:
    return db.session.execute(
        select(Person)
        .join(EmailAddress)
        .where(
            EmailAddress.folded == folded,
            # An address that a list or a merge brought along opens no door until its owner has proved it.
            or_(EmailAddress.is_primary, EmailAddress.verified_at.is_not(None)),
            Person.admitted_at.is_not(None),
            Person.erased_at.is_(None),
        )
    ).scalar_one_or_none()


def _write_to_the_known(folded: str, address: str) -> None:
    person_id = db.session.execute(
        select(Person.id)
        .join(EmailAddress)
        .where(EmailAddress.folded == folded, Person.admitted_at.is_(None), Person.erased_at.is_(None))
    ).scalar_one_or_none()
    if person_id is not None:
        for write in _for_the_known:
            write(person_id, address)


def _row_of_link(token: str) -> SignInCode | None:
    return db.session.execute(select(SignInCode).where(SignInCode.link_hash == hashed(token))).scalar_one_or_none()


def _code_hash(folded: str, code: str) -> str:
    return hashed(f"{folded}:{code}")


def _mail_code(person: Person, address: str, code: str, token: str, minutes: int) -> None:
    outbox.queue(
        "sign-in-code",
        address,
        _("%(code)s is your code for Staffroom", code=code),
        "sign_in_code",
        to_name=person.name,
        person_id=person.id,
        code=code,
        minutes=minutes,
        link=absolute("signing_in.open_link", token=token),
        first_name=person.first_name,
    )
