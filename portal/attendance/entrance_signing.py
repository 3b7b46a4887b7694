"""How one gets in without an account: by a code, a pass, a receipt or the kiosk's link. And what a phone remembers."""

from datetime import datetime

from flask import current_app, g, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.activities.operations_presence import presence_of
from portal.attendance import rules_codes as rules
from portal.attendance.forms_signing import CodeForm, PressForm
from portal.attendance.operations_codes import has_guessed, note_wrong_code
from portal.attendance.queries_codes import session_to_sign, sessions_with_code
from portal.attendance.tokens_signing import Receipt, is_kiosk_of, is_pass_of, read_kiosk_token, read_receipt
from portal.events.blueprints import public_network
from portal.events.models import Session
from portal.networks.scope import NetworkHere
from portal.web import clock
from portal.web.errors import DomainError, NotHere
from portal.web.limits import client

# A phone keeps its own row for an evening, for these pages only, so that signing out needs no name.
COOKIE, COOKIE_HOURS = "staffroom-in", 12


def session_of_code(form: CodeForm) -> Session | None:
    """The session whose code was typed. A wrong one is counted, and says the same whether it ended or never was."""
    if has_guessed(client()):
        sentence = _("Many wrong codes came from here. Wait half an hour, or sign on the paper sheet by the door.")
        form.refuse(DomainError(sentence, "code"))
        return None
    now = clock.now()
    found = [one for one in sessions_with_code(rules.read_code(form.code.data or ""), now) if rules.works(one, now)]
    if found and network_of(found[0]):
        return found[0]
    note_wrong_code(client())
    sentence = _(
        "This code does not work now. Look at the wall again, or sign on the paper sheet: it counts just the same."
    )
    form.refuse(DomainError(sentence, "code"))
    return None


def session_of_pass(given: str) -> Session | None:
    """The session of a pass, in its hours or not: a tap may have waited for the network."""
    code = given.partition("-")[0]
    found = [one for one in sessions_with_code(code, clock.now()) if is_pass_of(one, given)]
    return found[0] if found and network_of(found[0]) else None


def session_of_kiosk(token: str) -> Session:
    """The session of a kiosk's link, as long as it is open. Raises NotHere."""
    read = read_kiosk_token(token)
    session = session_to_sign(read[0]) if read else None
    if read is None or session is None or not is_kiosk_of(session, read[1]) or not network_of(session):
        raise NotHere
    return session


def holder_of(receipt: str, session: Session | None = None) -> tuple[Session, Receipt]:
    """The session and the person of a receipt. Raises NotHere for what we did not write, for another session's, for an
    event that is gone, and once the evening is long over."""
    read = read_receipt(receipt)
    found = session or (session_to_sign(read.session_id) if read else None)
    if read is None or found is None or found.id != read.session_id or not network_of(found):
        raise NotHere
    if found.event.deleted_at or found.event.published_at is None or clock.now() > rules.receipts_end_at(found):
        raise NotHere
    return found, read


def network_of(session: Session) -> NetworkHere | None:
    """The session's network, if it is open; the page is then on its clock."""
    if "signing_network" not in g or g.signing_network.id != session.network_id:
        try:
            g.signing_network = public_network(network_id=session.network_id)
        except NotHere:
            return None
    network: NetworkHere = g.signing_network
    return network


def tapped(session: Session, form: PressForm) -> datetime:
    """When the button was pressed, be it that the network was gone then."""
    return rules.when_tapped(session, form.seconds, clock.now())


def own_receipt(session_id: int | None = None) -> str | None:
    """What this phone remembers, as long as one can still sign out there."""
    receipt = request.cookies.get(COOKIE, "")
    read = read_receipt(receipt)
    if read is None or session_id not in (None, read.session_id):
        return None
    session = session_to_sign(read.session_id)
    if session is None or not rules.works(session, clock.now()):
        return None
    return receipt if presence_of(session.id, read.person_id) else None


def remember(answer: AnyResponse, receipt: str) -> AnyResponse:
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    answer.set_cookie(COOKIE, receipt, COOKIE_HOURS * 3600, path="/in", secure=secure, httponly=True, samesite="Lax")
    return answer


def forget(answer: AnyResponse) -> AnyResponse:
    answer.delete_cookie(COOKIE, path="/in")
    return answer
