"""One letter: write it, see it as it will arrive, choose who gets it, throw a draft away."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.history.queries import lines_about
from portal.letters import fields
from portal.letters.forms import LetterForm
from portal.letters.mailing import Mailing, sender_of
from portal.letters.models import Letter
from portal.letters.operations import (
    address_letter,
    change_letter,
    delete_letter,
    restore_letter,
    take_out,
    write_letter,
)
from portal.letters.queries import figures_of, letter_in
from portal.letters.queries_audience import count_by_reason, one_in
from portal.letters.question import question_in, questioned
from portal.letters.routes import letters, people_page, reading_of
from portal.letters.telling import GIVEN_BACK
from portal.networks.scope import here
from portal.web import prose
from portal.web.errors import NotHere
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page
from portal.web.numbers import number_of


@letters.get("/new")
def new() -> Response:
    start = {"body": _("Hello %(name)s,", name="{" + str(fields.NAMES["first name"]) + "}") + "\n\n"}
    return _form_page(LetterForm(here().network, about=request.args.get("about", ""), **start))


@letters.post("/new")
def create() -> AnyResponse:
    form = LetterForm(here().network)
    if form.accepted():
        question = question_in(request.args)
        letter = form.attempt(write_letter, here().membership, form.draft(), question.address)
        if letter:
            return done(url_for(".show", letter_id=letter.id), _("Kept as a draft. Nobody has been written to yet."))
    return _form_page(form)


@letters.get("/<int:letter_id>")
def show(letter_id: int) -> Response:
    letter = this(letter_id)
    reading = reading_of(questioned(letter.question))
    is_open = not letter.begun_at
    mailing = Mailing(letter, here().network, sender_of(letter.sent_by or letter.written_by))
    return page(
        "letters/show.html",
        letter=letter,
        reading=reading,
        counts=count_by_reason(reading, letter.id) if is_open else {},
        figures={} if is_open else figures_of(letter),
        mailing=mailing,
        words=prose.render(fields.shown(letter.body)),
        is_gone=is_open and bool(letter.about_kind) and mailing.thing is None,
        given_back=GIVEN_BACK.get(letter.given_back, ""),
        lines=lines_about("letter", letter.id),
        act=ActForm(),
    )


@letters.get("/<int:letter_id>/edit")
def edit(letter_id: int) -> Response:
    letter = this(letter_id)
    return _form_page(LetterForm(here().network, letter), letter)


@letters.post("/<int:letter_id>/edit")
def save_changes(letter_id: int) -> AnyResponse:
    letter = this(letter_id)
    form = LetterForm(here().network, letter)
    if form.accepted():
        version = number_of(form.version.data) or 0
        if form.attempt(change_letter, here().membership, letter_id, version, form.draft()):
            return done(url_for(".show", letter_id=letter_id), _("Saved. Look at it as it will arrive."))
    return _form_page(form, letter)


@letters.get("/<int:letter_id>/people")
def audience(letter_id: int) -> Response:
    letter = this(letter_id)
    return people_page(reading_of(questioned(letter.question)), letter)


@letters.post("/<int:letter_id>/people")
def address(letter_id: int) -> AnyResponse:
    """Another question for a draft: it stands in the address."""
    this(letter_id)
    address_letter(here().membership, letter_id, question_in(request.args).address)
    return done(url_for(".show", letter_id=letter_id), _("Changed who gets it."))


@letters.post("/<int:letter_id>/people/<int:person_id>/out")
def take_one_out(letter_id: int, person_id: int) -> AnyResponse:
    name = _name_in(letter_id, person_id)
    take_out(here().membership, letter_id, person_id, True)
    undo = url_for(".put_one_in", letter_id=letter_id, person_id=person_id)
    return done(url_for(".audience", letter_id=letter_id), _("%(name)s is taken out.", name=name), undo=undo)


@letters.post("/<int:letter_id>/people/<int:person_id>/in")
def put_one_in(letter_id: int, person_id: int) -> AnyResponse:
    name = _name_in(letter_id, person_id)
    take_out(here().membership, letter_id, person_id, False)
    return done(url_for(".audience", letter_id=letter_id), _("%(name)s is in it again.", name=name))


@letters.post("/<int:letter_id>/deletion")
def throw_away(letter_id: int) -> AnyResponse:
    letter = this(letter_id)
    delete_letter(here().membership, letter_id)
    undo = url_for(".bring_back", letter_id=letter_id)
    return done(url_for(".index"), _("The draft “%(subject)s” is deleted.", subject=letter.subject), undo=undo)


@letters.post("/<int:letter_id>/restoring")
def bring_back(letter_id: int) -> AnyResponse:
    restore_letter(here().membership, letter_id)
    return done(url_for(".show", letter_id=letter_id), _("The draft is back."))


def this(letter_id: int) -> Letter:
    """A letter of this network; 404 for any other."""
    return letter_in(here().network.id, letter_id)


def _name_in(letter_id: int, person_id: int) -> str:
    """The name of somebody in the letter's audience; 404 for anybody else."""
    letter = this(letter_id)
    found = one_in(reading_of(questioned(letter.question)), person_id, letter.id)
    if found is None:
        raise NotHere
    return found.name


def _form_page(form: LetterForm, letter: Letter | None = None) -> Response:
    if letter:
        form.replaces(form.version, letter.row_version)
    pairs = [
        (form[name].label.text, form[name].data, fields.shown(theirs))
        for name, theirs in form.conflict.items()
        if form[name].data != fields.shown(theirs)
    ]
    question = questioned(letter.question) if letter else question_in(request.args)
    return page(
        "letters/form.html",
        form=form,
        letter=letter,
        reading=reading_of(question),
        known=fields.names(),
        pairs=pairs,
    )
