"""The doors of the directory and of one membership: role, pause, leaving, removal."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.networks.directory import Shown, member_columns, shown
from portal.networks.forms_joining import RoleForm, SureTickForm
from portal.networks.models import Membership
from portal.networks.operations_membership import (
    change_role,
    come_back,
    leave,
    pause,
    put_back,
    remove_member,
)
from portal.networks.policy import can_export_members, can_manage, can_see_everything_of
from portal.networks.queries_inviting import count_never_invited
from portal.networks.queries_members import Wanted, directory, one_member, role_history, words_by_person
from portal.networks.roles import MEANINGS, role_choices, role_name
from portal.networks.routes import coordinators_only, network, network_page
from portal.networks.scope import here
from portal.organisations.models import Organisation
from portal.people.models import Person
from portal.people.queries_slips import may_give_slip
from portal.vocabulary.queries import all_words
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.hypermedia import done
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.numbers import row_number


@network.get("/members")
def members() -> Response:
    place, member = here().network, here().membership
    wanted = _wanted()
    listing = Listing(directory(place.id, wanted, can_manage(member)), _sorts())
    kind = wanted_export()
    if kind and not can_export_members(member):
        raise NotYours
    if kind:
        people = _shown(listing.everything())
        return export(f"{place.slug}-members", member_columns(), people, kind, Shown.cells)
    return network_page(
        "networks/members.html",
        "members",
        listing=listing,
        people=_shown(listing.items),
        wanted=wanted,
        words=all_words(),
        roles=role_choices(),
        unasked=count_never_invited(place.id) if can_manage(member) else 0,
    )


@network.get("/members/<int:member_id>")
def member(member_id: int) -> Response:
    return _member_page(member_id, RoleForm())


@network.post("/members/<int:member_id>/role")
def give_role(member_id: int) -> AnyResponse:
    coordinators_only()
    form = RoleForm()
    place, by = here().network, me().person_id
    if form.accepted() and form.attempt(change_role, place.id, member_id, form.role.data, by) is not None:
        name = role_name(form.role.data)
        return done(url_for("network.member", member_id=member_id), _("The part is now: %(role)s.", role=name))
    return _member_page(member_id, form)


@network.post("/pause")
def pause_mine() -> AnyResponse:
    pause(here().network.id, me().person_id)
    text = _("You are away for a while. You stay a member, and we do not write to you.")
    return done(url_for("network.leaving"), text, undo=url_for("network.come_back_mine"))


@network.post("/come-back")
def come_back_mine() -> AnyResponse:
    come_back(here().network.id, me().person_id)
    return done(url_for("network.index"), _("Good to have you back."))


@network.get("/leave")
def leaving() -> Response:
    return network_page("networks/leave.html", "members", form=SureTickForm())


@network.post("/leave")
def leave_mine() -> AnyResponse:
    form = SureTickForm()
    place = here().network
    if form.accepted():
        form.attempt(leave, place.id, me().person_id)
        if not form.form_errors:
            return done(url_for("networks.index"), _("You have left %(network)s.", network=place.name))
    return network_page("networks/leave.html", "members", form=form)


@network.get("/members/<int:member_id>/remove")
def removing(member_id: int) -> Response:
    coordinators_only()
    return _removing(member_id, SureTickForm())


@network.post("/members/<int:member_id>/remove")
def remove(member_id: int) -> AnyResponse:
    coordinators_only()
    form = SureTickForm()
    name = _one(member_id).name
    if form.accepted():
        ended = form.attempt(remove_member, here().network.id, member_id, me().person_id)
        if ended:
            text = _("%(name)s is no longer on the list of members.", name=name)
            return done(url_for("network.members"), text, undo=url_for("network.undo_removal", membership_id=ended))
    return _removing(member_id, form)


@network.post("/members/removed/<int:membership_id>/put-back")
def undo_removal(membership_id: int) -> AnyResponse:
    coordinators_only()
    person_id = put_back(here().network.id, membership_id, me().person_id)
    return done(url_for("network.member", member_id=person_id), _("Back on the list, as before."))


def _removing(person_id: int, form: SureTickForm) -> Response:
    return network_page("networks/remove.html", "members", form=form, person=_one(person_id))


def _member_page(person_id: int, form: RoleForm) -> Response:
    place, viewer = here().network, here().membership
    person = _one(person_id)
    if not form.is_submitted():
        form.role.data = person.role
    return network_page(
        "networks/member.html",
        "members",
        person=person,
        form=form,
        meanings=MEANINGS,
        roles=role_history(place.id, person_id) if can_see_everything_of(viewer, person_id) else [],
        is_me=person_id == viewer.person_id,
        can_give_slip=can_manage(viewer) and may_give_slip(viewer.person_id, person_id),
    )


def _one(member_id: int) -> Shown:
    row = one_member(here().network.id, member_id, can_manage(here().membership))
    if row is None:
        raise NotHere
    return _shown([row])[0]


def _shown(rows: list[Any]) -> list[Shown]:
    words = words_by_person([row.id for row in rows])
    viewer = here().membership
    return [shown(row, words.get(row.id, {}), can_see_everything_of(viewer, row.id)) for row in rows]


def _wanted() -> Wanted:
    ask = request.args
    return Wanted(
        words=ask.get("q", "").strip()[:200],
        subject=ask.get("subject", type=row_number),
        phase=ask.get("phase", type=row_number),
        place=ask.get("place", "").strip()[:100],
        role=ask.get("role", ""),
        not_admitted=ask.get("came") == "no",
    )


def _sorts() -> tuple[Sort, ...]:
    by_name = Sort("name", _("By name"), (Person.sort_name, Person.id))
    newest = Sort("newest", _("Newest first"), (Membership.started_at.desc(), Person.sort_name, Person.id))
    if not can_manage(here().membership):
        return (by_name, newest)
    return (
        by_name,
        newest,
        Sort("school", _("By place of work"), (Organisation.sort_name, Person.sort_name, Person.id)),
    )
