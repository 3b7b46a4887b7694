"""The doors of the three questions at the end of a pair: answered by each of the two, read by coordinators."""

from typing import Any

from flask import Response, current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal.matching import policy
from portal.matching.blueprints import matching
from portal.matching.forms import EndingForm
from portal.matching.models import PairEnding
from portal.matching.operations_endings import EndingSaid, answer_ending
from portal.matching.queries_wishes import ending_of, own_ending, table_of_endings, words_of_endings
from portal.matching.routes import coordinators_only
from portal.mentoring.models import Pairing
from portal.mentoring.queries import names_of, pairing_in
from portal.networks.scope import here
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.tables import Column

# What goes out as a spreadsheet: that it was answered, never a word.
COLUMNS = [Column(_l("Mentor")), Column(_l("Mentee")), Column(_l("Ended on")), Column(_l("Answered by"))]


@matching.get("/pairs/<int:pairing_id>/ending")
def ending(pairing_id: int) -> Response:
    pairing = _own_pair(pairing_id)
    mine = ending_of(pairing.id, me().person_id)
    layer, said = own_ending(mine.id, me().person_id, _key()) if mine else ("", {})
    form = EndingForm(data={**said, "only_me": layer == "only_me"})
    return _page(pairing, form, key_is_missing=bool(layer) and not said)


@matching.post("/pairs/<int:pairing_id>/ending")
def save_ending(pairing_id: int) -> AnyResponse:
    pairing, form = _own_pair(pairing_id), EndingForm()
    if form.accepted():
        said = EndingSaid(form.worked.data or "", form.did_not.data or "", form.suggests.data or "")
        made = form.attempt(answer_ending, pairing, me().person_id, said, form.only_me.data, _key())
        if made:
            told = _("Kept for you alone.") if form.only_me.data else _("Thank you. The coordinators read it.")
            return done(url_for("mentoring.pair", pairing_id=pairing.id), told)
    return _page(pairing, form)


def _page(pairing: Pairing, form: EndingForm, key_is_missing: bool = False) -> Response:
    names = names_of(pairing)
    other = names[pairing.mentee_id if me().person_id == pairing.mentor_id else pairing.mentor_id]
    return page("matching/ending.html", form=form, pairing=pairing, other=other, key_is_missing=key_is_missing)


@matching.get("/endings")
def endings() -> Response:
    """What pairs said, the latest first: those of pairs that the reader was not in."""
    coordinators_only()
    rows = table_of_endings(here().network.id, me().person_id)
    newest = Sort("newest", _("Newest first"), (PairEnding.answered_at.desc(), PairEnding.id.desc()))
    listing = Listing(rows, [newest])
    if kind := wanted_export():
        return export(_("ended-pairs"), COLUMNS, listing.everything(), kind, _cells)
    words = words_of_endings([row.id for row in listing.items], _key())
    return page("matching/endings.html", listing=listing, said=words)


def _cells(row: Any) -> list[object]:
    return [row.mentor, row.mentee, row.ended_on, row.writer]


def _own_pair(pairing_id: int) -> Pairing:
    pairing = pairing_in(here().network.id, pairing_id)
    if pairing is None:
        raise NotHere
    if not policy.may_wish(me().person_id, pairing):
        raise NotYours
    return pairing


def _key() -> bytes:
    key: bytes = current_app.config["SETTINGS"].key("mentoring")
    return key
