"""The doors of inviting: type or paste, look it over, send; those who have not answered."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal.networks.forms_joining import NoteForm, PasteForm
from portal.networks.letters_inviting import look_at_invitation
from portal.networks.models import Invitation
from portal.networks.operations_inviting import Asking, invite_imported, invite_list, send_again, withdraw
from portal.networks.pasted import MOST_LINES, read_pasted
from portal.networks.queries_inviting import count_never_invited, known_about, never_invited, open_invitations
from portal.networks.roles import MEANINGS, role_name
from portal.networks.routes import coordinators_only, network, network_page
from portal.networks.scope import here
from portal.web import clock
from portal.web.access import me
from portal.web.forms import pressed
from portal.web.hypermedia import done, done_unless_refused
from portal.web.listing import Listing, Sort


@network.get("/members/invite")
def inviting() -> Response:
    coordinators_only()
    return _invite_page(PasteForm())


@network.post("/members/invite")
def look_over() -> Response:
    """The list as it was understood, before anything is sent."""
    coordinators_only()
    form = PasteForm()
    if form.accepted():
        pasted = read_pasted(form.people.data or "")
        if len(pasted) > MOST_LINES:
            form.people.errors = [_("At most %(most)s people at a time. Paste it in parts.", most=MOST_LINES)]
        elif not any(one.address for one in pasted):
            form.people.errors = [_("There is no address in it. An address looks like name@school.example.")]
        else:
            found = known_about(here().network.id, pasted)
            role = role_name(form.role.data)
            return network_page("networks/invite_preview.html", "members", form=form, found=found, role=role)
    return _invite_page(form)


@network.post("/members/invite/send")
def send_invitations() -> AnyResponse:
    coordinators_only()
    form = PasteForm()
    if form.accepted():
        asking = Asking(here().network.id, me().person_id, form.role.data, form.note.data or "")
        sent = form.attempt(invite_list, asking, read_pasted(form.people.data or "")[:MOST_LINES])
        if sent is not None:
            return done(url_for("network.invitations"), _sent(sent))
    return _invite_page(form)


@network.get("/members/invite/imported")
def inviting_imported() -> Response:
    coordinators_only()
    return _imported_page(NoteForm())


@network.post("/members/invite/imported")
def send_to_imported() -> AnyResponse:
    coordinators_only()
    form = NoteForm()
    if "look" not in request.form and form.accepted():
        asking = Asking(here().network.id, me().person_id, note=form.note.data or "")
        sent = form.attempt(invite_imported, asking)
        if sent is not None:
            return done(url_for("network.invitations"), _sent(sent))
    return _imported_page(form)


@network.get("/members/invitations")
def invitations() -> Response:
    coordinators_only()
    sorts = (
        Sort("oldest", _("Longest open first"), (Invitation.invited_at, Invitation.id)),
        Sort("newest", _("Newest first"), (Invitation.invited_at.desc(), Invitation.id)),
    )
    listing = Listing(open_invitations(here().network.id), sorts)
    return network_page("networks/invitations.html", "members", listing=listing, now=clock.now())


@network.post("/members/invitations/<int:invitation_id>/again")
def invite_again(invitation_id: int) -> AnyResponse:
    coordinators_only()
    form = pressed(send_again, here().network.id, invitation_id, me().person_id)
    return done_unless_refused(form, url_for("network.invitations"), _("Sent once more, with a new link."))


@network.post("/members/invitations/<int:invitation_id>/withdraw")
def withdraw_invitation(invitation_id: int) -> AnyResponse:
    coordinators_only()
    withdraw(here().network.id, invitation_id, me().person_id)
    return done(url_for("network.invitations"), _("Taken back. Its link says so to whoever opens it."))


@network.get("/members/import")
def import_members() -> AnyResponse:
    coordinators_only()
    return done(f"/people/import?network={here().network.slug}")


def _invite_page(form: PasteForm) -> Response:
    waiting = count_never_invited(here().network.id)
    return network_page("networks/invite.html", "members", form=form, meanings=MEANINGS, waiting=waiting)


def _imported_page(form: NoteForm) -> Response:
    """With the mail as the first of them would get it, and the sentence that was typed so far."""
    people = never_invited(here().network.id)
    note = (form.note.data or "")[:1000]
    mail = look_at_invitation(here().network.id, me().person_id, people[0][0], people[0][2], note) if people else None
    return network_page("networks/invite_imported.html", "members", form=form, people=people, mail=mail)


def _sent(count: int) -> str:
    if not count:
        return _("Nobody was left to invite: all of them are members or were asked already.")
    return ngettext("One invitation is on its way.", "%(num)s invitations are on their way.", count)
