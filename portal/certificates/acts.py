"""What two links of our mails open without signing in: one certificate for a year, a whole record for half an hour.

Both are acts with pages of their own. What they show is asked for behind the question mark of the same address, so that
nothing outlives the link.
"""

from collections.abc import Callable

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.certificates.forms import NameByLinkForm
from portal.certificates.record_pages import (
    Way,
    certificate_file,
    certificate_page,
    name_page,
    transcript_file,
    transcript_page,
)
from portal.certificates.routes_mine import renamed
from portal.certificates.signed import CERTIFICATE, RECORD, certificate_link, is_out_of_date
from portal.credit.operations_certificates import correct_name
from portal.credit.queries_certificates import certificate_of
from portal.web import clock, dates
from portal.web.acts import declare, unusable
from portal.web.acts_signed import Whose, holder
from portal.web.errors import NotHere
from portal.web.hypermedia import done
from portal.web.links import Link
from portal.web.numbers import number_of

Page = Callable[[Link, Whose, str], AnyResponse]


def declare_acts() -> None:
    for name in (CERTIFICATE, RECORD):
        declare(name, lambda token: _opened(token, _show), lambda token: _opened(token, _rename))


def _opened(token: str, draw: Page) -> AnyResponse:
    """The page for whose link it is, or a kind word for a link that is no good any more."""
    held = holder(token, _ended)
    if not isinstance(held, tuple):
        return held
    try:
        return draw(*held, token)
    except NotHere:
        return unusable(_("What this link was about is no longer there."), 410)


def _ended(link: Link) -> str:
    if not is_out_of_date(link):
        return ""
    if link.act == RECORD:
        return _("This link was good for half an hour. Ask for another: it takes a minute.")
    return _("This link is out of date. Ask for your record by mail, or sign in with your address.")


def _show(link: Link, whose: Whose, token: str) -> AnyResponse:
    way, wanted = _way(link, token), _certificate_id(link)
    if wanted is None:
        is_paper = request.args.get("as") == "pdf"
        return (
            transcript_file(whose.person_id, whose.name)
            if is_paper
            else transcript_page(whose.person_id, whose.name, way)
        )
    if request.args.get("as") == "pdf":
        return certificate_file(certificate_of(whose.person_id, wanted))
    if "name" in request.args:
        one = certificate_of(whose.person_id, wanted)
        return name_page(one, NameByLinkForm(name=one.name), way)
    return certificate_page(whose.person_id, wanted, way)


def _rename(link: Link, whose: Whose, token: str) -> AnyResponse:
    wanted = _certificate_id(link)
    if wanted is None:
        raise NotHere
    one, form = certificate_of(whose.person_id, wanted), NameByLinkForm()
    if form.accepted():
        new = form.attempt(correct_name, one, form.name.data or "", clock.today(dates.place_clock()).year)
        if new:
            # A certificate's own link speaks of the old one; the new one gets a link of its own.
            there = _way(link, token).certificate(new.id) if link.act == RECORD else certificate_link(new)
            return done(there, renamed(new.number))
    return name_page(one, form, _way(link, token))


def _certificate_id(link: Link) -> int | None:
    """The one of the link, or the one that is asked for on a record."""
    return link.thing_id if link.act == CERTIFICATE else number_of(request.args.get("certificate"))


def _way(link: Link, token: str) -> Way:
    def at(**asked: object) -> str:
        return url_for("acts.open_act", act_token=token, **asked)  # type: ignore[arg-type]

    def which(one: int) -> dict[str, int]:
        return {"certificate": one} if link.act == RECORD else {}

    is_record = link.act == RECORD
    return Way(
        home=at() if is_record else url_for("my_record.ask"),
        transcript=at,
        paper=lambda **asked: at(**asked, **{"as": "pdf"}),
        certificate=lambda one: at(**which(one)),
        certificate_paper=lambda one: at(**which(one), **{"as": "pdf"}),
        name=lambda one: at(**which(one), name="1"),
        is_link=True,
        opens_others=is_record,
    )
