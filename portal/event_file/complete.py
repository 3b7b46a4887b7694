"""Is the event's file complete? One line for each thing that an audit asks for: in place, or what it waits for.

The list is that of practice.md 10, R2 (approval, agenda, presenter, sign-in with arrival and departure, hours granted
each, evaluation, certificates, cost), with what the states ask for in 7.3: Washington the approval beforehand with its
agenda, the sign-in and the summary of evaluations; Texas attendees, date, content and hours; Illinois the times of
arrival and departure; New York the sponsor's records. "Did you try it?" is the portal's own (practice.md 12, W1.11).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.certificates.queries_event import EventCertificates
from portal.event_file.keeping import kept_until
from portal.event_file.meeting import Meeting, held_or_over
from portal.event_file.queries import SignIn
from portal.event_file.queries_facts import Facts
from portal.events.credit_rules import terms_of, why_not_at_all
from portal.events.models import Event
from portal.events.running_order import split
from portal.web import clock, dates

# Nobody is asked again after the second letter; what has not come back by then will not.
RETURNS_END = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing of the list: whether it is in place, how it stands in words, and which door leads to where it is put right."""

    key: str
    name: str
    is_done: bool
    state: str


@dataclass(frozen=True, slots=True)
class Complete:
    """The whole list, and how long all of it is kept."""

    checks: tuple[Check, ...]
    kept_until: date
    years: int

    @property
    def done(self) -> int:
        return sum(check.is_done for check in self.checks)

    @property
    def total(self) -> int:
        return len(self.checks)


def complete(
    event: Event, due: EventCertificates, lines: Sequence[SignIn], facts: Facts, meeting: Meeting, time_zone: str
) -> Complete:
    """The list for one event, from what its sheets, credit, evaluation, certificates and papers say."""
    checks = (
        Check("approval", _("Approval"), *_approval(due, facts, time_zone)),
        Check("agenda", _("Agenda"), *_agenda(event, facts)),
        Check("presenter", _("Presenter"), *_presenter(meeting)),
        Check("sign-in", _("Sign-in"), *_sign_in(event, lines, facts)),
        Check("hours", _("Hours each"), *_hours(event, due, lines, meeting)),
        Check("evaluation", _("Evaluation"), *_evaluation(event, due, facts)),
        Check("certificates", _("Certificates"), *_certificates(due)),
        Check("returns", _("Did you try it?"), *_returns(facts)),
        Check("costs", _("Costs"), *_costs(facts)),
    )
    return Complete(checks, *kept_until(event, [kind for _block, kind in due.credits], time_zone))


def _approval(due: EventCertificates, facts: Facts, time_zone: str) -> tuple[bool, str]:
    wanted = [(block, kind) for block, kind in due.credits if kind.needs_approval]
    if not wanted:
        return True, _("No credit that has to be approved, so none is needed.")
    parts, is_done, is_given = [], True, False
    for block, kind in wanted:
        reason = why_not_at_all(terms_of(block, kind), due.event.sessions, time_zone)
        if reason is None:
            is_given = True
            parts.append(
                _("%(credit)s: approved on %(day)s, in time", credit=kind.name, day=dates.day(block.approved_on))
            )
        else:
            # Declined is an answer: nothing more is waited for, and nobody gets that credit.
            is_done = is_done and block.declined_on is not None
            parts.append(f"{kind.name}: {reason}")
    if is_given and not facts.approvals:
        is_done = False
        parts.append(_("the letter itself is not with it"))
    return is_done, _sentence(parts)


def _agenda(event: Event, facts: Facts) -> tuple[bool, str]:
    if facts.agendas:
        return True, ngettext("%(num)s paper is with it.", "%(num)s papers are with it.", facts.agendas)
    steps = split(event.about)[1]
    if steps:
        return True, ngettext("A running order of %(num)s step.", "A running order of %(num)s steps.", len(steps))
    return False, _("Neither a paper nor a running order.")


def _presenter(meeting: Meeting) -> tuple[bool, str]:
    if not meeting.leaders:
        return False, _("Nobody is named as leading it or presenting.")
    return True, _sentence([name for name, _school in meeting.leaders])


def _sign_in(event: Event, lines: Sequence[SignIn], facts: Facts) -> tuple[bool, str]:
    sessions = held_or_over(event)
    if not sessions:
        return False, _("No session took place.")
    ahead = [one for one in sessions if one.starts_at > clock.now()]
    waiting = [one for one in sessions if not one.attendance_closed_at and one not in ahead]
    if ahead:
        return False, _("The next date is %(day)s.", day=dates.short_day(ahead[0].starts_at))
    if waiting:
        days = [dates.short_day(one.starts_at) for one in waiting]
        return False, _("The sheet is open: %(days)s.", days=", ".join(days))
    if any(line.how == "sheet" for line in lines) and not facts.sheets:
        return False, _("Keyed in from paper, and the photo of the signed sheet is not with it.")
    return True, ngettext("The sheet is closed.", "All %(num)s sheets are closed.", len(sessions))


def _hours(event: Event, due: EventCertificates, lines: Sequence[SignIn], meeting: Meeting) -> tuple[bool, str]:
    there = [line for line in lines if line.was_there]
    if not there:
        return False, _("Nobody is marked as having come.")
    unmarked = len({line.person_id for line in lines if line.minutes is None})
    if unmarked:
        return False, ngettext("%(num)s person is not marked.", "%(num)s people are not marked.", unmarked)
    timeless = {line.person_id for line in there if not (line.arrived_at and line.left_at)}
    if timeless and any(kind.needs_times for _block, kind in due.credits):
        words = ngettext(
            "%(num)s person has no hour of coming or going, and the credit wants both.",
            "%(num)s people have no hour of coming or going, and the credit wants both.",
            len(timeless),
        )
        return False, words
    people = ngettext("%(num)s person", "%(num)s people", meeting.attended)
    return True, _("%(people)s, together %(time)s.", people=people, time=dates.minutes(meeting.person_minutes))


def _evaluation(event: Event, due: EventCertificates, facts: Facts) -> tuple[bool, str]:
    wanted = any(terms_of(block, kind).needs_evaluation for block, kind in due.credits)
    if event.evaluation == "none":
        return not wanted, _("The credit wants one, and none is asked.") if wanted else _("None is asked.")
    if not facts.asked:
        return False, _("Nobody has been asked yet.")
    counts = _("%(n)s of %(all)s answered", n=facts.answered, all=facts.asked)
    if facts.answered == facts.asked:
        return True, f"{counts}."
    if facts.closes_at and facts.closes_at > clock.now():
        return False, _("%(counts)s; open until %(day)s.", counts=counts, day=dates.short_day(facts.closes_at))
    return facts.answered > 0, _("%(counts)s; it is closed.", counts=counts)


def _certificates(due: EventCertificates) -> tuple[bool, str]:
    missing, making = (
        len(due.missing),
        sum(
            line.certificate is not None and line.certificate.made_at is None
            for one in due.people
            for line in one.lines
        ),
    )
    if not due.is_ready:
        return False, _("They follow once every sheet is closed.")
    made = ngettext("%(num)s made", "%(num)s made", due.valid - making)
    if missing or making:
        return False, _("%(made)s, %(n)s still to make.", made=made, n=missing + making)
    if due.disagreeing:
        n = due.disagreeing
        return False, ngettext(
            "%(num)s no longer says what the sheet says.", "%(num)s no longer say what the sheet says.", n
        )
    return True, f"{made}." if due.valid else _("Nobody is due one.")


def _returns(facts: Facts) -> tuple[bool, str]:
    if not facts.followed:
        return False, _("Asked six weeks after it.")
    words = _(
        "%(n)s of %(all)s returned, %(tried)s of them tried it.",
        n=facts.returned,
        all=facts.followed,
        tried=facts.tried,
    )
    is_over = facts.followed_last is not None and facts.followed_last < clock.now() - RETURNS_END
    return facts.returned == facts.followed or is_over, words


def _costs(facts: Facts) -> tuple[bool, str]:
    if not facts.cost_lines:
        return False, _("Nothing noted. If it cost nothing, add a line of 0.")
    return True, ngettext("%(num)s line.", "%(num)s lines.", facts.cost_lines)


def _sentence(parts: Sequence[str]) -> str:
    """Several things in one sentence, whatever they begin with."""
    whole = "; ".join(parts)
    return f"{whole[:1].upper()}{whole[1:]}."
