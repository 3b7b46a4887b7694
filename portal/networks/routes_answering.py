"""The acts behind mailed links: answer an invitation, confirm a question, choose when one is only known here."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.networks.forms_joining import InvitationForm, KnownForm
from portal.networks.known_links import address_behind
from portal.networks.models import Invitation
from portal.networks.operations_answering import (
    Accepted,
    accept_by_link,
    decline_by_link,
    forget_by_link,
    why_closed,
)
from portal.networks.operations_asking import confirm_ask
from portal.networks.operations_known import admit, forget_known
from portal.networks.queries_about import network_with
from portal.networks.queries_asking import outside_ask_behind
from portal.networks.queries_inviting import invitation_behind
from portal.networks.queries_known import inviter_name, what_is_known
from portal.networks.roles import MEANINGS, role_name
from portal.people.routes_signing_in import sign_in
from portal.web import clock
from portal.web.access import visitor
from portal.web.acts import unusable
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page
from portal.web.links import hashed


def show_invitation(token: str) -> AnyResponse:
    invitation = invitation_behind(hashed(token))
    if invitation is None:
        return unusable()
    reason = why_closed(invitation)
    return unusable(reason, 410) if reason else _invitation_page(invitation, token, InvitationForm())


def press_invitation(token: str) -> AnyResponse:
    invitation = invitation_behind(hashed(token))
    if invitation is None:
        return unusable()
    form = InvitationForm()
    if not form.accepted():
        reason = why_closed(invitation)
        return unusable(reason, 410) if reason else _invitation_page(invitation, token, form)
    return _answered(form, hashed(token))


def _answered(form: InvitationForm, token_hash: str) -> AnyResponse:
    if form.answer.data == "accept":
        accepted = form.attempt(accept_by_link, token_hash)
        return _come_in(accepted) if accepted else unusable(form.form_errors[0], 410)
    verb = decline_by_link if form.answer.data == "decline" else forget_by_link
    forgotten = form.attempt(verb, token_hash)
    if forgotten is None:
        return unusable(form.form_errors[0], 410)
    gone = _("Your name and address are removed. Nobody here can write to you any more.")
    declined = _("Declined. The coordinator can see it, and that is all.")
    member = _("Declined. You have come in before, so you delete what we know on your own page.")
    sentence = gone if forgotten else (declined if form.answer.data == "decline" else member)
    return page("networks/answered.html", sentence=sentence)


def _come_in(accepted: Accepted) -> AnyResponse:
    """The link proves the address of somebody new; whoever came in before signs in as always."""
    target = url_for("network.index", network=accepted.network_slug)
    welcome = _("Welcome to %(network)s.", network=accepted.network_name)
    signed_in = visitor()
    if accepted.is_new_here:
        sign_in(accepted.person_id)
    elif signed_in and signed_in.person_id != accepted.person_id:
        words = _("Accepted. You are signed in as %(name)s; sign out to come in yourself.", name=signed_in.name)
        return page("networks/answered.html", sentence=words)
    elif signed_in is None:
        return done(url_for("signing_in.ask", next=target), _("Accepted. Sign in with your address and you are there."))
    return done(target, welcome)


def _invitation_page(invitation: Invitation, token: str, form: InvitationForm) -> Response:
    known = what_is_known(invitation.person_id)
    return page(
        "networks/invitation.html",
        form=form,
        token=token,
        invitation=invitation,
        whole=network_with(invitation.network_id),
        inviter=inviter_name(invitation.invited_by),
        known=known,
        role=role_name(invitation.role),
        meaning=MEANINGS[invitation.role],
        expires_at=invitation.expires_at,
    )


def show_ask(token: str) -> AnyResponse:
    ask = outside_ask_behind(hashed(token))
    if ask is None:
        return unusable()
    if ask.confirmed_at or ask.expires_at <= clock.now():
        return unusable(_("This link has been used or is out of date."), 410)
    return page("networks/confirm_ask.html", form=ActForm(), ask=ask, token=token, whole=network_with(ask.network_id))


def press_ask(token: str) -> AnyResponse:
    form = ActForm()
    network = form.attempt(confirm_ask, hashed(token)) if form.accepted() else None
    if network is None:
        return unusable(next(iter(form.form_errors), None), 410)
    sentence = _(
        "Thank you. The coordinators of %(network)s have your words; the answer comes by mail.", network=network.name
    )
    return page("networks/answered.html", sentence=sentence)


def show_known(token: str) -> AnyResponse:
    address = address_behind(token)
    if address is None:
        return unusable()
    return page("networks/known.html", form=KnownForm(), token=token, known=what_is_known(address.person_id))


def press_known(token: str) -> AnyResponse:
    address = address_behind(token)
    if address is None:
        return unusable()
    form, person = KnownForm(), address.person
    if not form.accepted():
        return page("networks/known.html", form=form, token=token, known=what_is_known(person.id))
    if form.answer.data == "accept":
        admit(person, address.address)
        sign_in(person.id)
        return done(url_for("networks.index"), _("Welcome. These are your networks, and those you can ask."))
    forget_known(person)
    sentence = _("Your name and address are removed. Nobody here can write to you any more.")
    return page("networks/answered.html", sentence=sentence)
