"""What's on: planning and names for coordinators, booking for members, the public pages for everybody."""

from portal.event_file.drafts import CostDraft
from portal.event_file.operations import add_cost
from portal.events.signed import booking_token
from tests import cast
from tests.events import planned

COLUMNS = ("ines", "tobi", "dafydd", "petra", "kofi", "ravi", "hana", "nobody")


def row(ines: str, member: str) -> dict[str, str]:
    """Tobi, Dafydd and Petra are members; strangers and the administrator find nothing."""
    return dict(zip(COLUMNS, (ines, member, member, member, "404", "404", "404", "sign-in"), strict=True))


MEMBERS = row("may", "may")
COORDINATORS = row("may", "403")
EVERYBODY = dict.fromkeys(COLUMNS, "may")
# Nothing with these ids is deleted, so even a coordinator finds nothing to bring back.
NOTHING = row("404", "404")

MATRIX = {
    "GET events.index": MEMBERS,
    "GET events.show": MEMBERS,
    "GET events.calendar_file": MEMBERS,
    "GET events.my_hours": MEMBERS,
    "POST events.book_place": MEMBERS,
    "POST events.give_place_back": MEMBERS,
    "POST events.take_kept_place": MEMBERS,
    "GET events.bookings": COORDINATORS,
    "GET events.needs": COORDINATORS,
    "GET events.ask_to_call_session_off": COORDINATORS,
    "POST events.call_one_off": COORDINATORS,
    "POST events.put_one_back_on": COORDINATORS,
    "GET events.ask_where_to_move": COORDINATORS,
    "POST events.move_one": COORDINATORS,
    "GET events.leaders": COORDINATORS,
    "POST events.lead": COORDINATORS,
    "POST events.stop_leading": COORDINATORS,
    "GET events.new": COORDINATORS,
    "POST events.create": COORDINATORS,
    "GET events.edit": COORDINATORS,
    "POST events.change": COORDINATORS,
    "POST events.publish": COORDINATORS,
    "POST events.copy": COORDINATORS,
    "GET events.ask_to_call_off": COORDINATORS,
    "POST events.call_it_off": COORDINATORS,
    "POST events.put_back_on": COORDINATORS,
    "POST events.delete": COORDINATORS,
    "POST events.restore": NOTHING,
    "GET events.papers": COORDINATORS,
    "POST events.add_papers": COORDINATORS,
    "GET events.paper": COORDINATORS,
    "POST events.change_paper": COORDINATORS,
    "POST events.remove_paper": COORDINATORS,
    # What the door above has just taken away.
    "POST events.return_paper": COORDINATORS,
    "GET events.paper_file": MEMBERS,
    "GET public_events.paper_file": EVERYBODY,
    "GET public_events.booked_paper_file": EVERYBODY,
    "GET events.credit": COORDINATORS,
    "GET events.new_credit": COORDINATORS,
    "POST events.create_credit": COORDINATORS,
    "GET events.edit_credit": COORDINATORS,
    "POST events.save_credit": COORDINATORS,
    "GET events.credit_standing": COORDINATORS,
    "POST events.note_credit_standing": COORDINATORS,
    "POST events.credit_is_sent": COORDINATORS,
    "POST events.take_credit_back": COORDINATORS,
    "GET events.credit_proposal": COORDINATORS,
    "POST events.take_out_credit": COORDINATORS,
    # The row before took it out.
    "POST events.bring_back_credit": COORDINATORS,
    "GET public_events.index": EVERYBODY,
    "GET public_events.show": EVERYBODY,
    "POST public_events.book": EVERYBODY,
    "GET public_events.booked": EVERYBODY,
    "GET public_events.calendar": EVERYBODY,
    "GET public_events.booking": EVERYBODY,
    "POST public_events.give_back_by_link": EVERYBODY,
    "POST public_events.take_by_link": EVERYBODY,
    "POST public_events.change_by_link": EVERYBODY,
    "GET public_events.booking_calendar": EVERYBODY,
}


# What the rows of other tables stand on: their modules are named so that they come after this one.
prepared: dict[str, int] = {}


def prepare() -> dict[str, object]:
    event = planned.event(sessions=2)
    planned.booked(event, "tobi")
    paper = planned.paper(event, readers="public")
    cost = add_cost(event, CostDraft("refreshments", "Tea", 1250, "GBP"), cast.person_id("ines"))
    token = booking_token(event.id, cast.person_id("tobi"))
    prepared.update(event_id=event.id, session_id=event.sessions[0].id)
    return {
        "credit_id": planned.credit(event).id,
        "event_id": event.id,
        "session_id": event.sessions[0].id,
        "slug": "tarn-and-tide",
        "booking_token": token,
        "paper_id": paper.id,
        "cost_id": cost.id,
    }
