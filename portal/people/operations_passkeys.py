"""Passkeys: a question is put to a device, its answer makes a key or opens the door, a key is taken away."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete
from webauthn.helpers import bytes_to_base64url, generate_challenge, generate_user_handle

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.people import passkeys
from portal.people.exporting import declare_export
from portal.people.letters_passkeys import tell_of_passkey
from portal.people.models import Person
from portal.people.models_passkeys import Passkey, PasskeyQuestion
from portal.people.operations_leaving import at_erasure
from portal.people.passkeys import NotProved, Where
from portal.people.queries_passkeys import passkey_in, passkey_named, passkeys_of, question_open, slip_of_key
from portal.web import clock, limits
from portal.web.errors import DomainError
from portal.web.housekeeping import each_hour

logger = logging.getLogger("staffroom")
LASTS, KEPT = timedelta(minutes=5), timedelta(days=1)
PER_CLIENT, WINDOW = 60, 15
MOST_KEYS = 20

phrases.declare(
    {
        "passkey.added": _l("%(actor)s added the passkey “%(name)s”"),
        "passkey.removed": _l("%(actor)s removed the passkey “%(name)s”"),
    }
)


@dataclass(frozen=True)
class CameByKey:
    """Who came in, and the slip that her key goes back to, if it does."""

    person_id: int
    slip_id: int | None


@operation
def ask_device(purpose: str, person_id: int | None, client: str) -> PasskeyQuestion:
    """A new question, to be signed once within five minutes. Raises DomainError when this client asked too often."""
    if limits.too_many("passkey", client, PER_CLIENT, WINDOW):
        raise DomainError(_("That is many tries in a short time. Wait a quarter of an hour, then try again."))
    handle = ""
    if person_id is not None:
        held = passkeys_of(person_id)
        handle = held[0].user_handle if held else bytes_to_base64url(generate_user_handle())
    question = PasskeyQuestion(
        purpose=purpose,
        person_id=person_id,
        user_handle=handle,
        challenge=generate_challenge(),
        expires_at=clock.now() + LASTS,
    )
    db.session.add(question)
    db.session.flush()
    return question


@operation
def add_passkey(
    person_id: int, question_id: int | None, typed: str, name: str, at: Where, slip_id: int | None = None
) -> str:
    """Keep a key that her device made. Returns an empty text, or the sentence that says why not.

    The question is used up either way, so the refusal is an answer and not an error.
    """
    question = question_open(question_id, "make", person_id)
    if question is None:
        return _("The page had waited too long. Press the button again.")
    question.used_at = clock.now()
    try:
        made = passkeys.check_made(at, question.challenge, passkeys.read_answer(typed))
    except NotProved as error:
        logger.warning("a passkey was not added: %s", error)
        return _("What the device answered could not be checked. Press the button again.")
    held = passkeys_of(person_id)
    if len(held) >= MOST_KEYS:
        return _("You have twenty passkeys. Remove one that you no longer use first.")
    if any(one.credential_id == made.credential_id for one in held) or passkey_named(made.credential_id):
        return _("This passkey is known here already.")
    now = clock.now()
    db.session.add(
        Passkey(
            person_id=person_id, made_for=person_id, name=name, credential_id=made.credential_id,
            public_key=made.public_key, user_handle=question.user_handle, sign_count=made.sign_count,
            transports=made.transports, made_at=now, slip_id=slip_id,
        )
    )  # fmt: skip
    history.record(person_id, "passkey.added", "person", person_id, name=name)
    tell_of_passkey(db.session.get_one(Person, person_id), name, was_added=True)
    return ""


@operation
def come_by_passkey(question_id: int | None, typed: str, at: Where, client: str) -> CameByKey | str:
    """Who holds the key that signed the question; or the same sentence whatever was wrong with it."""
    if limits.too_many("passkey", client, PER_CLIENT, WINDOW):
        return _("That is many tries in a short time. Wait a quarter of an hour, then try again.")
    refusal = _("This passkey does not open the door here. Try again, or come in by mail.")
    question = question_open(question_id, "come-in", None)
    if question is None:
        return _("The page had waited too long. Press the button again.")
    question.used_at = clock.now()
    try:
        answer = passkeys.read_answer(typed)
        key = passkey_named(answer["id"])
        if key is None or key.user_handle != passkeys.handle_in(answer):
            return refusal
        key.sign_count = passkeys.check_signed(at, question.challenge, answer, key.public_key, key.sign_count)
    except NotProved as error:
        logger.warning("a passkey was refused: %s", error)
        return refusal
    key.used_at = clock.now()
    return CameByKey(key.person_id, slip_of_key(key))


@operation
def remove_passkey(person_id: int, passkey_id: int) -> None:
    """Take a key away: it opens nothing from now on. Raises NotHere for anybody else's."""
    key = passkey_in(person_id, passkey_id)
    db.session.delete(key)
    history.record(person_id, "passkey.removed", "person", person_id, name=key.name)
    tell_of_passkey(db.session.get_one(Person, person_id), key.name, was_added=False)


@operation
def forget_questions() -> None:
    """Questions that nobody can answer any more."""
    db.session.execute(delete(PasskeyQuestion).where(PasskeyQuestion.expires_at < clock.now() - KEPT))


def _forget(person_id: int) -> None:
    for model in (Passkey, PasskeyQuestion):
        db.session.execute(delete(model).where(model.person_id == person_id))


def _for_export(person_id: int) -> list[dict[str, object]]:
    return [{"name": one.name, "made_at": one.made_at, "used_at": one.used_at} for one in passkeys_of(person_id)]


at_erasure(_forget)
each_hour(forget_questions)
declare_export("passkeys", _for_export, tables=("passkey", "passkey_question"))
