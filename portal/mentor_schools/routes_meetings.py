"""The doors of a meeting of two organisations: written down, put right, removed, brought back."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.history.queries import lines_about
from portal.mentor_schools import offering, queries
from portal.mentor_schools.blueprints import mentor_schools
from portal.mentor_schools.forms import MeetingForm, filled
from portal.mentor_schools.models import OrganisationMeeting, OrganisationPair
from portal.mentor_schools.operations_meetings import change_meeting, delete_meeting, log_meeting, restore_meeting
from portal.mentor_schools.pairs import MEETING, leads
from portal.mentor_schools.routes import writable
from portal.networks.scope import here
from portal.web import clock
from portal.web.access import me
from portal.web.choices import choices_of
from portal.web.errors import NotHere
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page


@mentor_schools.get("/<int:pair_id>/met")
def met(pair_id: int) -> Response:
    pair = writable(pair_id)
    form = MeetingForm(data={"there": [str(one) for one in leads(pair) if one]})
    return _meeting_page(_with_people(form, pair), pair)


@mentor_schools.post("/<int:pair_id>/met")
def log(pair_id: int) -> AnyResponse:
    pair = writable(pair_id)
    form = _with_people(MeetingForm(), pair)
    zone = here().network.time_zone
    if form.accepted():
        form.attempt(log_meeting, pair, me().person_id, form.meeting(zone), zone)
        if not form.errors:
            return done(url_for(".show", pair_id=pair.id), _("Counted, thank you: one meeting of the two."))
    return _meeting_page(form, pair)


@mentor_schools.get("/<int:pair_id>/meetings/<int:meeting_id>")
def edit_meeting(pair_id: int, meeting_id: int) -> Response:
    pair, meeting = _the_meeting(pair_id, meeting_id)
    there = queries.was_there(meeting.id)
    form = filled(meeting, there, here().network.time_zone)
    return _meeting_page(_with_people(form, pair, there), pair, meeting)


@mentor_schools.post("/<int:pair_id>/meetings/<int:meeting_id>")
def update_meeting(pair_id: int, meeting_id: int) -> AnyResponse:
    pair, meeting = _the_meeting(pair_id, meeting_id)
    form = _with_people(MeetingForm(), pair, queries.was_there(meeting.id))
    zone = here().network.time_zone
    if form.accepted():
        version = form.row_version.data or 0
        form.attempt(change_meeting, pair, meeting, version, me().person_id, form.meeting(zone), zone)
        if not form.errors:
            return done(url_for(".show", pair_id=pair.id), _("Put right."))
    form.replaces(form.row_version, meeting.row_version)
    return _meeting_page(form, pair, meeting)


@mentor_schools.post("/<int:pair_id>/meetings/<int:meeting_id>/removal", endpoint="delete_meeting")
def remove(pair_id: int, meeting_id: int) -> AnyResponse:
    pair, meeting = _the_meeting(pair_id, meeting_id)
    if ActForm().accepted():
        delete_meeting(meeting, me().person_id)
    undo = url_for(".restore_meeting", pair_id=pair.id, meeting_id=meeting.id)
    return done(url_for(".show", pair_id=pair.id), _("Removed. It no longer counts."), undo)


@mentor_schools.post("/<int:pair_id>/meetings/<int:meeting_id>/restore", endpoint="restore_meeting")
def bring_back(pair_id: int, meeting_id: int) -> AnyResponse:
    pair, meeting = _the_meeting(pair_id, meeting_id, removed=True)
    if ActForm().accepted():
        restore_meeting(meeting, me().person_id)
    return done(url_for(".show", pair_id=pair.id), _("It is back, and counts again."))


def _with_people(form: MeetingForm, pair: OrganisationPair, there: list[int] | None = None) -> MeetingForm:
    people = offering.people(here().membership, offering.sides(pair), (*leads(pair), *(there or ())))
    # The two leads on top, who are nearly always there; whoever works at both stands once.
    people = sorted(people, key=lambda one: one[0] not in {str(lead) for lead in leads(pair)})
    named = {id: f"{name}, {where}" if where else name for id, name, where in people}
    form.there.choices = choices_of(named.items())
    return form


def _meeting_page(form: MeetingForm, pair: OrganisationPair, meeting: OrganisationMeeting | None = None) -> Response:
    return page(
        "mentor_schools/met.html",
        form=form,
        pair=pair,
        meeting=meeting,
        sides=queries.sides_of(pair),
        today=clock.today(here().network.time_zone),
        lines=lines_about(MEETING, meeting.id) if meeting else [],
        act=ActForm(),
    )


def _the_meeting(pair_id: int, meeting_id: int, removed: bool = False) -> tuple[OrganisationPair, OrganisationMeeting]:
    pair = writable(pair_id)
    found = queries.meeting_of(pair.id, meeting_id)
    if found is None or (found.deleted_at and not removed):
        raise NotHere
    return pair, found
