"""The doors of statements: my own hours, those of one pair or of one mentor, and for coordinators the hours of all pairs."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.networks.scope import here
from portal.networks.tabs import Tab, declare_tab
from portal.statements import policy
from portal.statements.blueprints import statements
from portal.statements.overview import overview_page
from portal.statements.pages import statement_file, statement_page
from portal.statements.queries_counts import programmes_read_by
from portal.statements.queries_pairs import Pair, pair_called, pairs_of
from portal.statements.statement import Whose
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.hypermedia import page

declare_tab("mentoring", Tab("hours", _l("Hours"), "statements.index", 30))


@statements.get("/")
def index() -> Response:
    """Hours of all pairs for coordinators; of her own for everybody else."""
    return overview_page() if policy.may_run(here().membership) else mine()


@statements.get("/mine")
def mine() -> Response:
    pairs = pairs_of(here().network.id, me().person_id)
    reads = programmes_read_by(me().person_id, here().network.id)
    if not pairs:
        return page("statements/none.html", reads=reads)
    whose, chosen = _as_asked(pairs)
    return statement_page(whose, chosen, reads, _in_the_other_role(whose, pairs))


@statements.get("/mine.pdf")
def mine_pdf() -> Response:
    """404 for whoever is of no pair: there is nothing to state."""
    pairs = pairs_of(here().network.id, me().person_id)
    if not pairs:
        raise NotHere
    return statement_file(*_as_asked(pairs))


@statements.get("/pairs/<int:pairing_id>")
def pair(pairing_id: int) -> Response:
    one = _the_pair(pairing_id)
    whose = _whose(one)
    return statement_page(whose, [one], [], [_instead(whose, one)])


@statements.get("/pairs/<int:pairing_id>.pdf")
def pair_pdf(pairing_id: int) -> Response:
    one = _the_pair(pairing_id)
    return statement_file(_whose(one), [one])


@statements.get("/mentors/<int:mentor_id>")
def mentor(mentor_id: int) -> Response:
    return statement_page(*_the_mentor(mentor_id), [], [])


@statements.get("/mentors/<int:mentor_id>.pdf")
def mentor_pdf(mentor_id: int) -> Response:
    return statement_file(*_the_mentor(mentor_id))


def _the_pair(pairing_id: int) -> Pair:
    """A pair whose hours this person may read: one of the two, or a coordinator."""
    one = pair_called(here().network.id, pairing_id)
    if one is None:
        raise NotHere
    if not (one.of(me().person_id) or policy.may_run(here().membership)):
        raise NotYours
    return one


def _the_mentor(person_id: int) -> tuple[Whose, list[Pair]]:
    """Somebody with all whom she mentors, for the coordinators who send her hours to the payroll."""
    if not policy.may_run(here().membership):
        raise NotYours
    mentored = [one for one in pairs_of(here().network.id, person_id) if one.mentor_id == person_id]
    if not mentored:
        raise NotHere
    return Whose(person_id, mentored[0].mentor, as_mentor=True), mentored


def _as_asked(pairs: list[Pair]) -> tuple[Whose, list[Pair]]:
    """As a mentor with all her mentees, unless she asks as a mentee or has only been one."""
    mentored = [one for one in pairs if one.mentor_id == me().person_id]
    as_mentor = bool(mentored) and (request.args.get("as") != "mentee" or len(mentored) == len(pairs))
    chosen = mentored if as_mentor else [one for one in pairs if one not in mentored]
    return Whose(me().person_id, me().name, as_mentor), chosen


def _whose(one: Pair) -> Whose:
    """The reader's own hours; a coordinator chooses whose of the two."""
    as_mentee = one.mentee_id == me().person_id
    if not one.of(me().person_id):
        as_mentee = request.args.get("as") == "mentee"
    if as_mentee:
        return Whose(one.mentee_id, one.mentee, as_mentor=False, one_pair=True)
    return Whose(one.mentor_id, one.mentor, as_mentor=True, one_pair=True)


def _instead(whose: Whose, one: Pair) -> tuple[str, str]:
    """From one pair to all of hers; for a coordinator to how the other one states it."""
    if whose.person_id == me().person_id:
        return _("With everybody"), url_for(".mine", **({} if whose.as_mentor else {"as": "mentee"}))  # type: ignore[arg-type]
    name = one.mentee if whose.as_mentor else one.mentor
    role = {"as": "mentee"} if whose.as_mentor else {}
    return _("As %(name)s states it", name=name), url_for(".pair", pairing_id=one.id, **role)  # type: ignore[arg-type]


def _in_the_other_role(whose: Whose, pairs: list[Pair]) -> list[tuple[str, str]]:
    """Somebody can mentor one colleague and be mentored by another: two statements."""
    if len({one.mentor_id == me().person_id for one in pairs}) < 2:
        return []
    if whose.as_mentor:
        return [(_("My hours as a mentee"), url_for(".mine", **{"as": "mentee"}))]  # type: ignore[arg-type]
    return [(_("My hours as a mentor"), url_for(".mine"))]
