"""The mail as it will arrive: for one real person, as HTML by itself, and as a test to oneself."""

from collections.abc import Sequence
from typing import Any

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.letters.mailing import KIND, Mailing, masked, sender_of
from portal.letters.models import Letter
from portal.letters.operations_testing import send_test
from portal.letters.queries_audience import first_of, one_in
from portal.letters.queries_audience import reader as reader_called
from portal.letters.question import questioned
from portal.letters.routes import letters, reading_of
from portal.letters.routes_letters import this
from portal.mail.kinds import kind_called
from portal.networks.scope import here
from portal.web.access import me
from portal.web.errors import DomainError
from portal.web.hypermedia import done, page
from portal.web.languages import in_language
from portal.web.numbers import row_number

# A mail may style itself; it may do nothing else.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
MOST_READERS = 50


@letters.get("/<int:letter_id>/preview")
def preview(letter_id: int) -> Response:
    """The mail as one real person will get it; her own signed links are not shown to anybody else."""
    letter = this(letter_id)
    reading = reading_of(questioned(letter.question))
    readers = first_of(reading, letter.id, MOST_READERS)
    reader = _chosen(letter, readers)
    mailing = _mailing(letter)
    with in_language(mailing.language(reader)):
        text = render_template("mails/letter.txt", **_context(mailing, reader))
    return page(
        "letters/preview.html",
        letter=letter,
        readers=readers,
        reader=reader,
        mailing=mailing,
        subject=mailing.subject(reader),
        text=text,
        mail=_context(mailing, reader),
        mine=me().person_id,
    )


@letters.get("/<int:letter_id>/preview/html")
def preview_html(letter_id: int) -> AnyResponse:
    """Its HTML by itself, in a page that can do nothing."""
    letter = this(letter_id)
    mailing = _mailing(letter)
    reader = _chosen(letter, ())
    with in_language(mailing.language(reader)):
        response = make_response(render_template("mails/letter.html", **_context(mailing, reader)))
    response.headers["Content-Security-Policy"] = POLICY
    return response


@letters.post("/<int:letter_id>/test")
def test(letter_id: int) -> AnyResponse:
    this(letter_id)
    back = url_for(".show", letter_id=letter_id)
    try:
        address = send_test(here(), letter_id)
    except DomainError as refusal:
        return done(back, refusal.sentence, kind="wrong")
    return done(back, _("A test is on its way to %(address)s. Its buttons are yours.", address=address))


def _mailing(letter: Letter) -> Mailing:
    return Mailing(letter, here().network, sender_of(letter.sent_by or me().person_id))


def _chosen(letter: Letter, readers: Sequence[Any]) -> Any:
    """The recipient whom the address names, else the first of them, else whoever looks."""
    number = request.args.get("person", type=row_number)
    found = one_in(reading_of(questioned(letter.question)), number, letter.id) if number else None
    return found or (readers[0] if readers else reader_called(me().person_id))


def _context(mailing: Mailing, reader: Any) -> dict[str, Any]:
    """What the mail's templates are given at sending, with stand-ins for the links that are hers alone."""
    stand_in = masked(here().network)
    foot = {f"{name}_link": stand_in(name) for name in ("stop", "rhythm", "left")}
    return {
        "subject": mailing.subject(reader),
        "why": str(kind_called(KIND).why),
        **foot,
        **mailing.context(reader, stand_in),
    }
