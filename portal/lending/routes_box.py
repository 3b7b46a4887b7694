"""The return at the box, at its short address: public, quick, and without a word about who has it."""

from datetime import date

from flask import Blueprint, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.kit.models import Kit
from portal.kit.queries import parts_of
from portal.kit.routes_box import box_of
from portal.lending.forms_box import box_form
from portal.lending.models import Loan
from portal.lending.operations_box import return_at_the_box
from portal.lending.queries import loan_that_is_out
from portal.networks.models import Network
from portal.web import clock
from portal.web.access import public
from portal.web.hypermedia import done, page
from portal.web.limits import client

box_return = Blueprint("box_return", __name__, url_prefix="/b/<code>/return")


@box_return.get("")
@public
def show(code: str) -> Response:
    kit, network = box_of(code)
    return _page(kit, network, loan_that_is_out(kit.id))


@box_return.post("")
@public
def bring_back(code: str) -> Response:
    kit, network = box_of(code)
    loan, on = loan_that_is_out(kit.id), _today(network)
    form = box_form(parts_of(kit.id), None, *_known(loan), on)
    if form.accepted() and form.attempt(return_at_the_box, kit.id, form.said(), client(), on):
        return done(url_for(".thanks", code=code))
    return _page(kit, network, loan, form)


@box_return.get("/thanks")
@public
def thanks(code: str) -> Response:
    kit, network = box_of(code)
    return page("lending/box_thanks.html", kit=kit, network=network, room_key="kit", title=_("Thank you"))


def _page(kit: Kit, network: Network, loan: Loan | None, form: object = None) -> Response:
    return page(
        "lending/box_return.html",
        kit=kit,
        network=network,
        room_key="kit",
        # Not the loan itself: nothing of the borrower may reach this page.
        is_out=loan is not None,
        is_back=bool(loan and loan.returned_at),
        form=form or box_form(parts_of(kit.id), loan.id if loan else None, *_known(loan), _today(network)),
    )


def _known(loan: Loan | None) -> tuple[bool, bool]:
    return bool(loan and loan.returned_at), bool(loan and loan.use_told_at)


def _today(network: Network) -> date:
    return clock.today(network.time_zone)
