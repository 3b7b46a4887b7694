"""The doors of aims: set, change, close with a result, open again."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.mentor_schools import queries
from portal.mentor_schools.blueprints import mentor_schools
from portal.mentor_schools.forms import AimForm, CloseAimForm
from portal.mentor_schools.models import OrganisationAim, OrganisationPair
from portal.mentor_schools.operations_aims import change_aim, close_aim, reopen_aim, set_aim
from portal.mentor_schools.routes import writable
from portal.web.access import me
from portal.web.errors import NotHere
from portal.web.forms import pressed
from portal.web.hypermedia import done, done_unless_refused, page


@mentor_schools.get("/<int:pair_id>/aims/new")
def new_aim(pair_id: int) -> Response:
    return _aim_page(AimForm(), writable(pair_id))


@mentor_schools.post("/<int:pair_id>/aims/new")
def create_aim(pair_id: int) -> AnyResponse:
    pair, form = writable(pair_id), AimForm()
    if form.accepted():
        form.attempt(set_aim, pair, me().person_id, form.aim())
        if not form.errors:
            return done(url_for(".show", pair_id=pair.id), _("It is one of your aims. Members of the network read it."))
    return _aim_page(form, pair)


@mentor_schools.get("/<int:pair_id>/aims/<int:aim_id>")
def edit_aim(pair_id: int, aim_id: int) -> Response:
    pair, aim = _the_aim(pair_id, aim_id)
    return _aim_page(AimForm(obj=aim), pair, aim)


@mentor_schools.post("/<int:pair_id>/aims/<int:aim_id>")
def update_aim(pair_id: int, aim_id: int) -> AnyResponse:
    pair, aim = _the_aim(pair_id, aim_id)
    form = AimForm()
    if form.accepted():
        form.attempt(change_aim, pair, aim, form.row_version.data or 0, me().person_id, form.aim())
        if not form.errors:
            return done(url_for(".show", pair_id=pair.id), _("Changed."))
    form.replaces(form.row_version, aim.row_version)
    return _aim_page(form, pair, aim)


@mentor_schools.get("/<int:pair_id>/aims/<int:aim_id>/result")
def ask_result(pair_id: int, aim_id: int) -> Response:
    pair, aim = _the_aim(pair_id, aim_id)
    return page(
        "mentor_schools/result.html",
        form=CloseAimForm(data={"result": aim.result}),
        pair=pair,
        aim=aim,
        sides=queries.sides_of(pair),
    )


@mentor_schools.post("/<int:pair_id>/aims/<int:aim_id>/result")
def close(pair_id: int, aim_id: int) -> AnyResponse:
    pair, aim = _the_aim(pair_id, aim_id)
    form = CloseAimForm()
    if form.accepted():
        close_aim(pair, aim, me().person_id, form.result.data)
        undo = url_for(".reopen_aim", pair_id=pair.id, aim_id=aim.id)
        return done(url_for(".show", pair_id=pair.id), _("Closed: “%(aim)s”.", aim=aim.text), undo)
    return page("mentor_schools/result.html", form=form, pair=pair, aim=aim, sides=queries.sides_of(pair))


@mentor_schools.post("/<int:pair_id>/aims/<int:aim_id>/opening", endpoint="reopen_aim")
def open_again(pair_id: int, aim_id: int) -> AnyResponse:
    pair, aim = _the_aim(pair_id, aim_id)
    form = pressed(reopen_aim, pair, aim, me().person_id)
    return done_unless_refused(form, url_for(".show", pair_id=pair.id), _("It is open again."))


def _aim_page(form: AimForm, pair: OrganisationPair, aim: OrganisationAim | None = None) -> Response:
    return page("mentor_schools/aim.html", form=form, pair=pair, aim=aim, sides=queries.sides_of(pair))


def _the_aim(pair_id: int, aim_id: int) -> tuple[OrganisationPair, OrganisationAim]:
    pair = writable(pair_id)
    aim = queries.aim_of(pair.id, aim_id)
    if aim is None:
        raise NotHere
    return pair, aim
