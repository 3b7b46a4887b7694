"""What a person decides about herself: what is listed, her addresses, what she agrees to."""

import hmac
import secrets
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.history.merging_pages import merge_two
from portal.mail import kinds, outbox
from portal.people.consents import WORDINGS
from portal.people.listed import ITEMS
from portal.people.models import Consent, EmailAddress, Person, SignInCode
from portal.people.names import fold_address
from portal.people.operations_bounces import comes_back, note_proved
from portal.people.operations_signing_in import ALPHABET, LENGTH, TRIES, SentCode, tidy
from portal.web import clock, limits
from portal.web.errors import DomainError, NotHere
from portal.web.links import hashed, new_token

phrases.declare(
    {
        "person.listed": _l("%(actor)s chose what fellow members see"),
        "person.address_added": _l("%(actor)s added an email address"),
        "person.address_removed": _l("%(actor)s removed an email address"),
        "person.address_first": _l("%(actor)s chose which address mail goes to"),
        "person.consent_given": _l("%(actor)s agreed: %(kind)s"),
        "person.consent_withdrawn": _l("%(actor)s took back an agreement: %(kind)s"),
    }
)
kinds.declare("address-code", why=_l("You get this because somebody who is signed in typed this address."))
CODES_PER_PERSON, WINDOW, MINUTES = 5, 15, 10


@operation
def choose_listed(person_id: int, chosen: set[str]) -> None:
    """Show fellow members exactly these items."""
    person = db.session.get_one(Person, person_id)
    person.listing = {item: item in chosen for item, _label in ITEMS}
    history.record(person_id, "person.listed", "person", person_id)


@operation
def send_address_code(person_id: int, address: str) -> SentCode:
    """Mail six characters to an address that a person says is hers. Raises DomainError: hers already, or too many."""
    folded = fold_address(address)
    owner = _owner(folded)
    # One to which mail comes back may be proved anew, one that others put on her record for the first time.
    if owner and owner.id == person_id and not comes_back(folded) and _is_proved(folded):
        raise DomainError(_("This address is on your page already."), "address")
    if limits.too_many("address-code", str(person_id), CODES_PER_PERSON, WINDOW):
        raise DomainError(
            _("That is many codes in a short time. Wait a quarter of an hour, then ask again."), "address"
        )
    code = "".join(secrets.choice(ALPHABET) for _position in range(LENGTH))
    now = clock.now()
    row = SignInCode(
        folded=folded,
        person_id=person_id,
        code_hash=hashed(f"address:{person_id}:{folded}:{code}"),
        link_hash=hashed(new_token()),
        sent_at=now,
        expires_at=now + timedelta(minutes=MINUTES),
        onward=address,
    )
    db.session.add(row)
    db.session.flush()
    outbox.queue(
        "address-code", address, _("%(code)s proves that this address is yours", code=code), "address_code",
        person_id=person_id, code=code, minutes=MINUTES,
    )  # fmt: skip
    return SentCode(row.id, code)


@operation
def confirm_address(person_id: int, code_id: int, typed: str) -> str:
    """Add the address when the code is right; a record of hers that had it becomes part of this one.

    Returns an empty text when it is done, else the sentence that says why not: a wrong try is counted and kept.
    """
    row = db.session.get(SignInCode, code_id)
    if row is None or row.person_id != person_id or row.used_at or row.expires_at <= clock.now() or row.tries >= TRIES:
        return _("This code has been used or is out of date. Ask for a new one.")
    row.tries += 1
    if not hmac.compare_digest(row.code_hash, hashed(f"address:{person_id}:{row.folded}:{tidy(typed)}")):
        return _("That is not the code from the newest mail. Compare the six characters and try again.")
    row.used_at = clock.now()
    owner = _owner(row.folded)
    if owner and owner.id != person_id:
        if owner.admitted_at:
            return _("Another record signs in with this address. Sign in with it, and delete that record there first.")
        merge_two("person", person_id, owner.id, {}, "", person_id)
        verify = update(EmailAddress).where(EmailAddress.folded == row.folded)
        db.session.execute(verify.values(verified_at=clock.now(), is_primary=False))
    elif owner is None:
        address = EmailAddress(person_id=person_id, address=row.onward, folded=row.folded, verified_at=clock.now())
        db.session.add(address)
    else:
        note_proved(person_id, row.folded)
        mine = update(EmailAddress).where(EmailAddress.folded == row.folded, EmailAddress.verified_at.is_(None))
        db.session.execute(mine.values(verified_at=clock.now()))
        return ""
    history.record(person_id, "person.address_added", "person", person_id)
    return ""


@operation
def make_first(person_id: int, address_id: int) -> None:
    """Mail goes to this address from now on. Raises DomainError for one that she has not proved."""
    chosen = _address(person_id, address_id)
    if chosen.verified_at is None:
        raise DomainError(_("Have a code sent there first, so that we know it reaches you."))
    mine = update(EmailAddress).where(EmailAddress.person_id == person_id)
    db.session.execute(mine.values(is_primary=False))
    chosen.is_primary = True
    history.record(person_id, "person.address_first", "person", person_id)


@operation
def remove_address(person_id: int, address_id: int) -> None:
    """Take an address away. Raises DomainError for the one that mail goes to."""
    chosen = _address(person_id, address_id)
    if chosen.is_primary:
        raise DomainError(_("Mail goes to this address. Choose another one for that first."))
    db.session.delete(chosen)
    # Links that were mailed there may lie in somebody else's mailbox by now.
    db.session.get_one(Person, person_id).links_since = clock.now()
    history.record(person_id, "person.address_removed", "person", person_id)


@operation
def give_consent(person_id: int, kind: str) -> None:
    """Agree, in the words of today. Once is enough."""
    if kind not in WORDINGS:
        raise NotHere
    if _open_consent(person_id, kind) is None:
        consent = Consent(person_id=person_id, kind=kind, wording=str(WORDINGS[kind])[:500], given_at=clock.now())
        db.session.add(consent)
        history.record(person_id, "person.consent_given", "person", person_id, kind=kind)


@operation
def withdraw_consent(person_id: int, kind: str) -> None:
    """Take an agreement back; that it was given, and when, stays known."""
    consent = _open_consent(person_id, kind)
    if consent:
        consent.withdrawn_at = clock.now()
        history.record(person_id, "person.consent_withdrawn", "person", person_id, kind=kind)


def _open_consent(person_id: int, kind: str) -> Consent | None:
    query = select(Consent).where(Consent.person_id == person_id, Consent.kind == kind, Consent.withdrawn_at.is_(None))
    return db.session.execute(query).scalars().first()


def _is_proved(folded: str) -> bool:
    query = select(EmailAddress.id).where(EmailAddress.folded == folded, EmailAddress.verified_at.is_not(None))
    return db.session.execute(query).first() is not None


def _owner(folded: str) -> Person | None:
    return db.session.execute(
        select(Person).join(EmailAddress).where(EmailAddress.folded == folded)
    ).scalar_one_or_none()


def _address(person_id: int, address_id: int) -> EmailAddress:
    found = db.session.get(EmailAddress, address_id)
    if found is None or found.person_id != person_id:
        raise NotHere
    return found
