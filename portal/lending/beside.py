"""What lending puts on a kit's page: ask for it, mine, and for whoever minds it the requests. And the return at the box."""

from flask import url_for

from portal.kit.beside import Part, at_the_box, beside
from portal.kit.models import Kit
from portal.kit.policy import Member
from portal.lending.forms import DaysForm
from portal.lending.policy import can_borrow, can_decide
from portal.lending.queries import loan_that_is_out
from portal.lending.queries_list import asked_of_kit, my_open_loans
from portal.lending.rules import why_not_she
from portal.lending.windows import usual
from portal.lending.words import STATES, standing, window
from portal.networks.queries import terms_of
from portal.networks.scope import here
from portal.web import clock


@beside
def asking_beside(kit: Kit, member: Member) -> Part | None:
    """Nothing for a draft; for a retired kit only what is still open."""
    if not kit.listed_at:
        return None
    on = clock.today(here().network.time_zone)
    mine = [one for one in my_open_loans(member.network_id, member.person_id) if one.kit.id == kit.id]
    decides, borrows = can_decide(member, kit), can_borrow(member) and not kit.retired_at
    days = usual(on, kit.notice_days, kit.most_days)
    form = DaysForm(terms_of(member.network_id), on, kit.most_days, data={"starts_on": days.starts_on, "length": "w2"})
    return Part(
        "lending/_beside.html",
        mine=mine,
        asked=asked_of_kit(kit.id) if decides else 0,
        can_decide=decides,
        can_borrow=borrows,
        not_she=list(why_not_she(kit, member.person_id, on)) if borrows else [],
        days=form,
        on=on,
        states=STATES,
        standing=standing,
        window=window,
    )


@at_the_box
def return_at_the_box(kit: Kit) -> Part:
    """The way to the return, while it is out. Whose it is stays unsaid."""
    is_out = loan_that_is_out(kit.id) is not None
    return Part("lending/_at_the_box.html", is_out=is_out, url=url_for("box_return.show", code=kit.code))
