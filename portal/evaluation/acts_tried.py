"""The page behind "did you try it?": yes with four questions, not yet, or no. Opening it does nothing."""

from flask import g, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.activities.forms_use import asks_more, told_in
from portal.activities.models import Use
from portal.db import db
from portal.evaluation.forms import NotTriedForm, TriedForm
from portal.evaluation.models import FollowUp
from portal.evaluation.operations_follow_up import (
    can_take_back,
    say_no,
    say_not_yet,
    take_back,
    tell_tried,
)
from portal.evaluation.queries import event_by_link, is_marked_there
from portal.evaluation.queries_follow_up import follow_up_of
from portal.events.models import Event
from portal.networks.models import Network
from portal.web import clock
from portal.web.acts import declare
from portal.web.acts_signed import SignedForm, Whose, gone, holder
from portal.web.errors import NotHere
from portal.web.hypermedia import done, page

CHOICES = ("yes", "later", "no", "undo")


def show_tried(token: str) -> AnyResponse:
    found = _found(token)
    return _page(*found, None) if isinstance(found, tuple) else found


def press_tried(token: str) -> AnyResponse:
    found = _found(token)
    if not isinstance(found, tuple):
        return found
    event, network, whose = found
    choice = request.form.get("choice", "")
    form = _form(choice)
    if form.accepted() and _act(choice, form, event, network, whose.person_id) is not None:
        return done(url_for("acts.open_act", act_token=token))
    return _page(event, network, whose, form)


def _form(choice: str) -> SignedForm:
    return {"yes": TriedForm, "no": NotTriedForm}.get(choice, SignedForm)()


def _act(choice: str, form: SignedForm, event: Event, network: Network, person_id: int) -> object:
    if isinstance(form, TriedForm):
        return form.attempt(tell_tried, event, person_id, told_in(form), clock.today(network.time_zone))
    if isinstance(form, NotTriedForm):
        return form.attempt(say_no, event, person_id, form.why.data or "")
    verb = take_back if choice == "undo" else say_not_yet
    return form.attempt(verb, event, person_id) if choice in CHOICES else None


def _found(token: str) -> tuple[Event, Network, Whose] | AnyResponse:
    held = holder(token)
    if not isinstance(held, tuple):
        return held
    link, whose = held
    try:
        event = event_by_link(link.thing_id)
    except NotHere:
        return gone()
    # Who was asked stays asked, whatever became of the sheet since.
    if event.cancelled_at or not (follow_up_of(event.id, link.person_id) or is_marked_there(event.id, link.person_id)):
        return gone()
    network = db.session.get_one(Network, event.network_id)
    g.time_zone = g.get("time_zone") or network.time_zone
    return event, network, whose


def _page(event: Event, network: Network, whose: Whose, form: SignedForm | None) -> AnyResponse:
    known = follow_up_of(event.id, whose.person_id)
    answer = known.answer if known else ""
    use = db.session.get(Use, known.use_id) if known and known.use_id else None
    wanted = request.form.get("choice") or request.args.get("want", "")
    return page(
        "evaluation/tried.html",
        form=form or SignedForm(),
        yes=form if isinstance(form, TriedForm) else TriedForm.for_today(clock.today(network.time_zone)),
        asks_more=isinstance(form, TriedForm) and asks_more(form),
        no=form if isinstance(form, NotTriedForm) else NotTriedForm(),
        wanted=wanted if wanted in CHOICES else "yes",
        event=event,
        network=network,
        whose=whose,
        answer=answer,
        known=known,
        use=use,
        can_undo=_can_undo(known),
        after=min(one.starts_at for one in event.sessions),
    )


def _can_undo(known: FollowUp | None) -> bool:
    return bool(known and can_take_back(known))


def declare_tried() -> None:
    declare("tried", show_tried, press_tried)
