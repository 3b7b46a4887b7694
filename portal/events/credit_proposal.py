"""The proposal that goes to a provider before the event: what the approving committee's form asks, on one paper.

Source of its parts: practice.md 7.3 (S84, S87): an assessed need, goals and objectives, agenda, presenter and what
qualifies her, evaluation plan, hours; for STEM the elements that are integrated (S83).
"""

from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.credit.models import CreditType
from portal.events import running_order, words
from portal.events.credit_rules import counting, percent
from portal.events.credit_words import STEM, how_much, is_stem
from portal.events.models import Event
from portal.events.models_credit import EventCredit
from portal.networks.scope import NetworkHere
from portal.web import dates
from portal.web.languages import in_language

# What becomes of people's answers, as the event has it.
EVALUATED: dict[str, LazyString] = {
    "anonymous": _l("Everybody who came is sent a short form the same evening. Answers are anonymous; the summary gives "
                    "each question’s mean with the number of answers and the response rate."),
    "named": _l("Everybody who came is sent a short form the same evening, answered by name; the summary gives each "
                "question’s mean with the number of answers and the response rate."),
    "none": _l("No form is sent for this event."),
}  # fmt: skip


def proposal(
    event: Event, block: EventCredit, kind: CreditType, network: NetworkHere, presenters: list[str], has_agenda: bool
) -> tuple[str, dict[str, Any]]:
    """Title and values of the paper, in the language of the network. ``has_agenda``: it lies among the event's papers."""
    with in_language(network.locale):
        steps = running_order.split(event.about)[1]
        parts = (_need(block), _objectives(event, block), _stem(block), _evaluation(event, block, kind))
        return _("Proposal: %(title)s", title=event.title), {
            "kicker": _("Asks %(provider)s for credit", provider=block.provider or _("the provider")),
            "facts": _facts(event, block, kind, network, presenters),
            "parts": [part for part in parts if part[1]],
            "agenda": {
                "heading": _("Agenda"),
                "heads": [_("Hour"), _("What happens")],
                "rows": [[step.hour, step.what] for step in steps],
                "none": _("The agenda is attached.") if has_agenda else "",
            },
            "signing": [
                _("For %(network)s", network=network.name),
                _("Approved by"),
                _("In-service number"),
                _("Date"),
            ],
        }


def _facts(
    event: Event, block: EventCredit, kind: CreditType, network: NetworkHere, presenters: list[str]
) -> list[list[str]]:
    sessions = counting(event.sessions)
    when = "\n".join(f"{words.date_and_hours(one, network.time_zone)}, {words.where(one)}" for one in sessions)
    asked = f"{kind.name}, {kind.authority}" if kind.authority else kind.name
    number = f" ({block.provider_number})" if block.provider_number else ""
    rows = [
        (ngettext("When and where", "Dates and places", len(sessions)), when),
        (_("Hours asked for"), how_much(block, kind, sessions)),
        (_("Kind of credit"), asked),
        (_("Provider"), f"{block.provider}{number}" if block.provider else ""),
        (_("Committee"), block.committee),
        (_("Presenters"), block.presenters or ", ".join(presenters)),
        (_("For whom"), event.for_whom),
        (_("Fee"), block.fee),
        (_("Put on by"), network.name),
    ]
    return [[name, said] for name, said in rows if said]


def _need(block: EventCredit) -> tuple[str, list[str]]:
    return _("The need that it meets"), _lines(block.needs_statement)


def _objectives(event: Event, block: EventCredit) -> tuple[str, list[str]]:
    return _("What people can do afterwards"), _lines(block.objectives or event.objectives)


def _stem(block: EventCredit) -> tuple[str, list[str]]:
    ticked = [str(STEM[key]) for key in STEM if key in (block.stem_elements or [])]
    if not is_stem(block.category) or not (ticked or block.justification):
        return "", []
    return _("STEM: what it integrates and brings"), [f"{'; '.join(ticked)}."] * bool(ticked) + _lines(
        block.justification
    )


def _evaluation(event: Event, block: EventCredit, kind: CreditType) -> tuple[str, list[str]]:
    share = _(
        "Credit is given to those who were there for at least %(share)s of the minutes.",
        share=percent(block.least_share),
    )
    kept = ngettext(
        "The records are kept for %(num)s year.", "The records are kept for %(num)s years.", kind.years_kept
    )
    lines = [str(EVALUATED[event.evaluation])]
    if block.needs_evaluation or kind.needs_evaluation:
        lines.append(_("Nobody is given a certificate before answering it."))
    steps = [_("Minutes are rounded down to steps of %(length)s.", length=dates.minutes(block.round_to))]
    steps = steps if block.round_to > 1 else []
    return _("Evaluation, attendance and records"), [" ".join(lines), " ".join([share, *steps, kept])]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
