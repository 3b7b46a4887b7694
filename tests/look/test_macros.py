"""The macros draw what their comments promise: names joined to hints and errors, words beside every mark."""

import re
from pathlib import Path

import pytest
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.web.forms import Form

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SPRITE = (ROOT / "static" / "img" / "sprite.svg").read_text(encoding="utf-8")


class Boxes(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Sample(Form):
    title = StringField("Title", [InputRequired("Give it a title.")])
    places = IntegerField("Places", [Optional()])
    training = BooleanField("Training first")
    subjects = Boxes(
        "Subjects", [InputRequired("Choose one.")], choices=[SelectChoice("p", "Physics"), SelectChoice("b", "Biology")]
    )
    mode = RadioField("How", choices=[SelectChoice("room", "In a room"), SelectChoice("online", "Online")])


@pytest.fixture
def draw(app):
    """``draw('fields', 'field(form.title)', form=form)`` is the HTML of one macro."""

    def render(file, call, **context):
        name = call.partition("(")[0]
        source = f'{{% from "web/{file}.html" import {name} %}}{{{{ {call} }}}}'
        return re.sub(r"\s+", " ", app.jinja_env.from_string(source).render(**context))

    with app.test_request_context():
        yield render


def test_a_field_is_named_and_described(draw):
    html = draw("fields", "field(form.title, hint='What people do', audience='Members')", form=Sample(formdata=None))
    assert '<label for="title">Title</label>' in html
    assert 'aria-describedby="title-hint title-reads"' in html
    assert 'id="title-hint">What people do' in html and 'id="title-reads"' in html


def test_a_field_that_is_wrong_says_so_in_words_and_to_machines(draw):
    form = Sample(formdata=None)
    form.title.errors = ["Give it a title."]
    html = draw("fields", "field(form.title)", form=form)
    assert 'aria-invalid="true"' in html and 'aria-describedby="title-error"' in html
    assert 'id="title-error"' in html and "Give it a title." in html and "#triangle" in html


def test_optional_is_written(draw):
    assert "(optional)" in draw("fields", "field(form.places)", form=Sample(formdata=None))
    assert "(optional)" not in draw("fields", "field(form.title)", form=Sample(formdata=None))


def test_what_was_typed_is_escaped(draw):
    form = Sample(formdata=None, data={"title": '"><script>'})
    assert "<script>" not in draw("fields", "field(form.title)", form=form)


def test_a_box_and_radios_have_their_labels(draw):
    form = Sample(formdata=None)
    assert '<label for="training">Training first</label>' in draw("fields", "field(form.training)", form=form)
    cells = draw("fields", "answers(form.mode)", form=form)
    assert "<legend>How</legend>" in cells and cells.count('type="radio"') == 2


def test_no_box_of_a_list_is_required_by_itself(draw):
    html = draw("fields", "options(form.subjects)", form=Sample(formdata=None))
    assert html.count('type="checkbox"') == 2 and "required" not in html


def test_attributes_reach_the_control(draw):
    html = draw("fields", "field(form.title, data_draft='x', rows=8, width='m')", form=Sample(formdata=None))
    assert 'data-draft="x"' in html and 'rows="8"' in html and 'class="w-m"' in html


def test_the_summary_links_to_each_field(draw):
    form = Sample(formdata=None)
    form.title.errors, form.places.errors = ["Give it a title."], ["Places must be a number, like 24."]
    html = draw("fields", "error_summary(form)", form=form)
    assert 'role="alert"' in html and 'href="#title"' in html and "2 things to put right" in html
    assert draw("fields", "error_summary(form)", form=Sample(formdata=None)).strip() == ""


def test_every_form_key_is_there_once_and_without_an_id(draw):
    html = draw("fields", "hidden(form)", form=Sample(formdata=None))
    assert html.count('name="form_key"') == 1 and "id=" not in html


@pytest.mark.parametrize("kind", ["done", "wait", "late", "pencil", "ink"])
def test_a_mark_is_an_icon_and_a_word(draw, kind):
    html = draw("marks", f"mark('{kind}', 'Late since Friday')")
    assert "Late since Friday" in html and "<svg" in html and 'aria-hidden="true"' in html


def test_a_notice_can_be_taken_back(draw):
    html = draw("notice", "notice('done', 'Box 7 is hers.', undo='/undo')")
    assert 'method="post" action="/undo"' in html and "csrf_token" in html and "Undo" in html


def test_a_row_takes_a_date_a_text_or_nothing_for_its_margin(draw, app):
    from datetime import date

    assert "<b>19</b>" in draw("rows", "row('A', when=day)", day=date(2026, 11, 19))
    assert '<div class="when">no code</div>' in draw("rows", "row('A', when='no code')")
    assert "no-when" in draw("rows", "row('A')")
    assert "&lt;b&gt;" in draw("rows", "row('<b>', when='x')")


def test_lazy_words_are_words(draw):
    assert "Checked" in draw("marks", "stamp(word, 'Ines')", word=_l("Checked"))


def test_every_icon_that_is_named_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="(\w+)"', SPRITE))
    named = {name for path in TEMPLATES for name in re.findall(r"\bicon\('(\w+)'\)", path.read_text(encoding="utf-8"))}
    assert named <= drawn


@pytest.mark.parametrize("code", [400, 403, 404, 409, 413, 422, 429, 500, 503])
def test_an_error_page_says_what_happened_and_carries_the_reference(app, code):
    with app.test_request_context():
        from flask import render_template

        html = render_template(f"errors/{code}.html", reference="7f2a0419")
    assert "7f2a0419" in html and html.count("<h1>") == 1 and '<p class="lead">' in html
