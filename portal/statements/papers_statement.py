"""A statement of hours as tagged PDF, in its reader's language."""

from typing import Any

from flask_babel import gettext as _

from portal.programmes.models import Programme
from portal.statements import wording
from portal.statements.statement import Statement
from portal.web import dates, papers
from portal.web.languages import spoken

PAPER = "statement"
# More names than these stand in their own table alone.
NAMES_SHOWN = 4


def statement_paper(one: Statement, network: str) -> bytes:
    """Raises typst.TypstError when it can't be set."""
    title = _("Mentoring hours of %(name)s", name=one.whose.name)
    values = {
        "network": network,
        "heading": _("Mentoring hours"),
        "name": one.whose.name,
        "period": wording.in_period(one.period),
        "running": title,
        "page_word": _("Page"),
        "amount": amount_of(one),
        "facts": _facts(one),
        "sentence": _sentence(one),
        "signing": _signing(one),
        "parts": [part for part in (_by_month(one), _by_pair(one), _left_out(one), _talks(one)) if part["rows"]],
        "foot": _(
            "Minutes are those of the mentoring log, each talk once. It holds no note and no topic of a talk. "
            "Printed on %(day)s.", day=wording.on_day(one.today),
        ),
    }  # fmt: skip
    return papers.pdf(PAPER, title, str(spoken()), values)


def amount_of(one: Statement) -> tuple[str, str, str]:
    """What the large figure is, the figure, and what it was worked out from."""
    worked = one.counted.minutes
    if one.programme is None:
        return _("Hours"), wording.time(worked), ""
    label = _("To claim") if one.is_capped else _("Hours")
    return label, wording.amount(one.programme, one.stated), _("from %(time)s", time=wording.time(worked))


def _facts(one: Statement) -> list[tuple[str, str]]:
    whole = one.whole
    others = sorted({pair.other_than(one.whose.person_id) for pair in one.pairs})
    with_whom = ", ".join(others) if len(others) <= NAMES_SHOWN else dates.number(len(others))
    rows = [
        (_("As"), _("Mentor") if one.whose.as_mentor else _("Mentee")),
        (_("Mentees") if one.whose.as_mentor else _("Mentor"), with_whom or _("nobody in this time")),
    ]
    if one.programme:
        rows.append((_("Programme"), one.programme.name))
    rows += [
        (_("Talks"), dates.number(whole.talks)),
        (_("Kinds"), kinds_of(one)),
        (_("Confirmed"), _("%(n_of_m)s by the other", n_of_m=wording.confirmed(whole.confirmed, whole.asked))),
        (_("Not answered"), _("%(talks)s after two weeks", talks=wording.talks(whole.on_one_word))),
        (_("As of"), wording.on_day(one.today)),
    ]
    return [row for row in rows if row[1]]


def kinds_of(one: Statement) -> str:
    """One to one 3 h, Group 45 min: where there is more than one kind."""
    kinds = one.by_kind
    return ", ".join(
        f"{wording.said(wording.KINDS, kind)} {wording.time(kinds[kind])}" for kind in wording.KINDS if kind in kinds
    )


def _sentence(one: Statement) -> list[str]:
    programme = one.programme
    if programme is None:
        return []
    return [line for line in (programme.statement, " ".join(wording.rules_of(programme))) if line]


def _signing(one: Statement) -> list[str]:
    """A line for each who signs: the one who states, the others, and whom the programme wants."""
    me = one.whose
    role, other = (_("Mentor"), _("Mentee")) if me.as_mentor else (_("Mentee"), _("Mentor"))
    others = sorted({pair.other_than(me.person_id) for pair in one.pairs})
    lines = [_signature(role, me.name), *(_signature(other, name) for name in others)]
    return lines + (
        [_("%(role)s, date", role=_capital(one.programme))] if one.programme and one.programme.signed_by else []
    )


def _signature(role: str, name: str) -> str:
    return _("%(role)s: %(name)s, date", role=role, name=name)


def _capital(programme: Programme) -> str:
    return programme.signed_by[:1].upper() + programme.signed_by[1:]


def _by_month(one: Statement) -> dict[str, Any]:
    rows = [
        [
            wording.in_month(month),
            dates.number(found.talks),
            wording.time(found.minutes),
            wording.confirmed(found.confirmed, found.asked),
            wording.closing(state),
        ]
        for month, found, state in one.by_month
    ]
    heads = [_("Month"), _("Talks"), _("Hours"), _("Confirmed"), _("State")]
    return _part(_("By month"), heads, rows, [26, 12, 20, 18, 28], [1, 2])


def _by_pair(one: Statement) -> dict[str, Any]:
    found = one.by_pair if len(one.pairs) > 1 else []
    rows = [
        [
            pair.other_than(one.whose.person_id),
            dates.number(part.talks),
            wording.time(part.minutes),
            wording.confirmed(part.confirmed, part.asked),
        ]
        for pair, part in found
    ]
    other = _("Mentee") if one.whose.as_mentor else _("Mentor")
    note = _("A talk in a group stands with each of them, and once in the sum above.")
    return _part(_("By person"), [other, _("Talks"), _("Hours"), _("Confirmed")], rows, [44, 14, 22, 20], [1, 2], note)


def _left_out(one: Statement) -> dict[str, Any]:
    rows = [
        [wording.said(wording.LEFT_OUT, reason), dates.number(count), wording.time(minutes)]
        for reason, (count, minutes) in one.left_out.items()
    ]
    return _part(_("Written down, not counted here"), [_("Why"), _("How many"), _("Hours")], rows, [64, 18, 20], [1, 2])


def _talks(one: Statement) -> dict[str, Any]:
    rows = [
        [
            wording.on(line.day),
            one.with_whom(line),
            wording.time(line.minutes),
            wording.said(wording.KINDS, line.kind),
            wording.said(wording.MODES, line.mode),
            wording.said(wording.STANDINGS, line.standing(one.today)),
        ]
        for line in one.lines
    ]
    heads = [_("Date"), _("With"), _("Minutes"), _("Kind"), _("How"), _("Confirmed")]
    return _part(_("Talk by talk"), heads, rows, [20, 30, 17, 18, 17, 24], [2])


def _part(
    title: str, heads: list[str], rows: list[list[str]], columns: list[int], ends: list[int], note: str = ""
) -> dict[str, Any]:
    return {"title": title, "note": note, "heads": heads, "rows": rows, "columns": columns, "ends": ends}
