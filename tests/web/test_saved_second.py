"""A form that is saved second: both versions side by side, and saving once more replaces the newer one knowingly."""

from flask import Flask
from wtforms import IntegerField, StringField

from portal.web.errors import Conflict, DomainError
from portal.web.forms import Form
from portal.web.hypermedia import page


class BoxForm(Form):
    title = StringField("Name")
    place = StringField("Where")
    row_version = IntegerField()


def _refuse(refusal: DomainError) -> None:
    raise refusal


def test_both_versions_stand_side_by_side_with_the_fields_that_the_form_has(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"row_version": "1", "title": "Cells", "place": "Shelf"}):
        form = BoxForm(meta={"csrf": False})
        form.attempt(_refuse, Conflict({"title": "Cells", "place": "Cupboard", "owner": "Maple"}))
        assert form.both() == [("Name", "Cells", "Cells"), ("Where", "Shelf", "Cupboard")]
        assert form.differing() == [("Where", "Shelf", "Cupboard")]


def test_saved_once_more_it_names_the_newer_version(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"row_version": "1"}):
        form = BoxForm(meta={"csrf": False})
        form.replaces(form.row_version, 2)
        assert 'value="1"' in form.row_version(), "nobody was quicker: the version stays what it was"
        form.attempt(_refuse, Conflict({"title": "Cells"}))
        form.replaces(form.row_version, 2)
        assert 'value="2"' in form.row_version()


def test_a_page_answers_409_by_itself_where_somebody_was_quicker_and_422_where_something_is_to_be_put_right(
    app: Flask,
) -> None:
    for refusal, status in ((Conflict({"title": "Cells"}), 409), (DomainError("Not now."), 422)):
        with app.test_request_context(method="POST"):
            form = BoxForm(meta={"csrf": False})
            form.attempt(_refuse, refusal)
            assert page("web/notices_beside.html", form=form, messages=[]).status_code == status
