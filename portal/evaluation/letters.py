"""Mails after an event: your two minutes, twice more for who has not answered, and "did you try it?" six weeks later."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.evaluation import words
from portal.evaluation.queries import is_marked_there
from portal.events.models import Event
from portal.events.queries_letters import Recipient, Sender
from portal.mail import kinds, outbox
from portal.surveys.models import Survey
from portal.web.languages import in_language
from portal.web.links import act_link

kinds.declare(
    "event-feedback",
    why=_l("You get this because you were at this event, or had a place."),
    name=_l("Questions how an event was"),
)
kinds.declare(
    "event-tried", why=_l("You get this because you were at this event."), name=_l("Questions whether a class tried it")
)
FEEDBACK_DAYS, TRIED_DAYS = 120, 180


def ask_for_feedback(survey: Survey, event: Event, to: Recipient, sender: Sender, reminders: int) -> None:
    """The first mail (0), the one after three days (1), the last call (2), in her language."""
    comes = is_marked_there(event.id, to.person_id)
    with in_language(to.locale or sender.locale):
        subjects = (
            _("Your 2-minute feedback, then your certificate") if comes else _("Your 2-minute feedback"),
            _("Still two minutes? %(title)s", title=event.title),
            _("Last call: %(title)s", title=event.title),
        )
        outbox.queue(
            "event-feedback", to.address, subjects[reminders], "event_feedback", to_name=to.name,
            person_id=to.person_id, network_id=event.network_id, from_name=sender.from_name, reply_to=sender.reply_to,
            sender=sender, first_name=to.first_name, event=event, reminders=reminders, comes=comes,
            questions=len(survey.questions), closes=words.last_day(survey, sender.time_zone),
            reads=words.who_reads(survey.is_anonymous, sender.network),
            link=act_link("feedback", to.person_id, event.id, days=FEEDBACK_DAYS),
        )  # fmt: skip


def ask_whether_tried(event: Event, to: Recipient, sender: Sender, again: bool) -> None:
    """Six weeks later; ``again`` is the one more time that she asked for herself."""
    links = {
        choice: act_link("tried", to.person_id, event.id, days=TRIED_DAYS, choice=choice)
        for choice in ("yes", "later", "no")
    }
    with in_language(to.locale or sender.locale):
        outbox.queue(
            "event-tried", to.address, _("Did you try it? %(title)s", title=event.title), "event_tried",
            to_name=to.name, person_id=to.person_id, network_id=event.network_id, from_name=sender.from_name,
            reply_to=sender.reply_to, sender=sender, first_name=to.first_name, event=event, again=again, links=links,
        )  # fmt: skip
