"""The pages of a person's own record, drawn alike whether she is signed in or came by a link from a mail."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Response, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal.certificates.papers import credit_in_words, period_in_words, transcript_paper
from portal.certificates.queries_transcript import Period, network_named, terms_around, transcript_of
from portal.certificates.sheets import TRANSCRIPT_COLUMNS, transcript_cells
from portal.certificates.transcripts import TranscriptLine
from portal.credit.models import Certificate
from portal.credit.papers import file_name, paper_of, words_of
from portal.credit.queries_certificates import certificate_of, certificates_of
from portal.credit.wording import time_there
from portal.events import words
from portal.events.typed import date_typed
from portal.files.queries import file_by_id
from portal.files.serving import send
from portal.networks.queries import region
from portal.web import dates, papers
from portal.web.errors import DomainError, NotHere
from portal.web.forms import Form
from portal.web.hypermedia import page
from portal.web.languages import in_language
from portal.web.listing import ListingHere, Sort, export, wanted_export


def _back(line: TranscriptLine) -> int:
    return -line.last.toordinal()


NEWEST = Sort("newest", _l("Newest first"), (_back, lambda line: line.title))
OLDEST = Sort("oldest", _l("Oldest first"), (lambda line: line.last, lambda line: line.title))
BY_CREDIT = Sort("credit", _l("By credit"), (lambda line: (not line.credit, line.credit, line.category), _back))
LONGEST = Sort("longest", _l("Longest first"), (lambda line: -(line.minutes or line.credited), _back))


@dataclass(frozen=True)
class Way:
    """How she came: the addresses of the pages beside this one. ``is_link``: by a mail, without signing in.

    ``home`` is where "my record" leads; ``opens_others`` whether this way leads to more than the one certificate.
    """

    home: str

    transcript: Callable[..., str]
    paper: Callable[..., str]
    certificate: Callable[[int], str]
    certificate_paper: Callable[[int], str]
    name: Callable[[int], str]
    is_link: bool = False
    opens_others: bool = True


def transcript_page(person_id: int, name: str, way: Way) -> AnyResponse:
    """The page, or the whole of it as a spreadsheet."""
    period, network = _period()
    found = transcript_of(person_id, period)
    listing = ListingHere(found.lines, (NEWEST, OLDEST, BY_CREDIT, LONGEST), size=50)
    kind = wanted_export()
    if kind:
        return export("transcript", TRANSCRIPT_COLUMNS, listing.everything(), kind, transcript_cells)
    return page(
        "certificates/transcript.html",
        found=found, listing=listing, period=period, network_name=network, person_name=name, way=way, words=words,
        terms=terms_around(person_id), asked=_asked(period), in_credit=credit_in_words, time_there=time_there,
        said=period_in_words(period), void=[one for one in certificates_of(person_id) if one.voided_at][:20],
    )  # fmt: skip


def transcript_file(person_id: int, name: str) -> Response:
    """The same as tagged PDF."""
    period, _network = _period()
    here = region()
    made = transcript_paper(transcript_of(person_id, period), name, period, here.name if here else "Staffroom")
    return papers.as_download(made, "transcript.pdf")


def certificate_page(person_id: int, certificate_id: int, way: Way) -> AnyResponse:
    """One certificate as its paper looks, with the way to a newer one where it is void."""
    one = certificate_of(person_id, certificate_id)
    with in_language(one.locale):
        said = words_of(one)
    file = file_by_id(one.stored_file_id) if one.stored_file_id else None
    return page(
        "certificates/show.html", one=one, said=said, size=file.size if file else None, way=way, data_theme="light"
    )


def certificate_file(one: Certificate) -> AnyResponse:
    """Its paper from the store; where the worker has not made it yet, made now and not kept. 404 for a void one."""
    if one.voided_at or not one.name:
        raise NotHere
    file = file_by_id(one.stored_file_id) if one.stored_file_id else None
    if file:
        return send(file, inline="show" in request.args)
    return papers.as_download(paper_of(one), file_name(one))


def name_page(one: Certificate, form: Form, way: Way) -> AnyResponse:
    return page("certificates/name.html", one=one, form=form, way=way)


def _period() -> tuple[Period, str]:
    """From, to and network as the address says; whatever can't be read is left out."""
    slug = request.args.get("network", "")[:60]
    known = network_named(slug) if slug else None
    period = Period(_day("from"), _day("to"), known[0] if known else None, dates.place_clock())
    return period, known[1] if known else ""


def _day(name: str) -> date | None:
    text = request.args.get(name, "")
    try:
        return date_typed(text) if text.strip() else None
    except DomainError:
        return None


def _asked(period: Period) -> dict[str, str]:
    """The period as it stands in an address, for the PDF of just this."""
    days = {"from": period.first, "to": period.last}
    asked = {name: day.isoformat() for name, day in days.items() if day}
    return asked | ({"network": request.args["network"]} if period.network_id else {})
