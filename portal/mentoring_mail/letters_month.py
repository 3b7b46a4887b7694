"""The mail at the end of a month: to a mentor what is written down of it, to a mentee what waits for her yes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from portal.mail import kinds, outbox
from portal.mail.answers import address_for
from portal.mentoring_mail.queries_asking import KIND as ASKING
from portal.mentoring_mail.queries_month_end import MonthOfPair
from portal.mentoring_mail.queries_readers import Reader
from portal.web import dates
from portal.web.languages import in_language
from portal.web.links import absolute, act_link

KIND = "mentoring-month"
kinds.declare(
    KIND,
    why=_l("You get this because you are a mentor, and a month is over."),
    name=_l("Mails at the end of a month about mentoring"),
    private=True,
)
DAYS = 30


def tell_mentor(reader: Reader, month: date, pairs: Sequence[MonthOfPair], unanswered: int) -> None:
    """One mail for all her pairs of a network. ``unanswered`` talks wait for her own yes. Belongs inside an operation."""
    with in_language(reader.locale):
        closing = {pair.closes_on for pair in pairs}
        talks, minutes = sum(pair.talks for pair in pairs), sum(pair.minutes for pair in pairs)
        _queue(
            KIND, reader, _subject(month, talks, minutes), "mentoring_month", month=dates.month(month),
            lines=[(pair.mentee, _says(pair, len(closing) > 1)) for pair in pairs], unanswered=unanswered,
            closes=dates.day(max(one for one in closing if one)) if len(closing) == 1 and None not in closing else "",
            stays_open=closing == {None}, differs=len(closing) > 1,
        )  # fmt: skip


def tell_mentee(reader: Reader, month: date, unanswered: int) -> None:
    """Only where talks wait for her yes. Belongs inside an operation."""
    with in_language(reader.locale):
        subject = ngettext(
            "%(month)s: %(num)s talk waits for your yes", "%(month)s: %(num)s talks wait for your yes", unanswered,
            month=dates.month(month),
        )  # fmt: skip
        _queue(ASKING, reader, subject, "mentoring_month_mentee", month=dates.month(month), unanswered=unanswered)


def _subject(month: date, talks: int, minutes: int) -> str:
    return ngettext(
        "%(month)s: %(num)s talk, %(time)s", "%(month)s: %(num)s talks, %(time)s", talks,
        month=dates.month(month), time=dates.minutes(minutes),
    )  # fmt: skip


def _says(pair: MonthOfPair, with_closing: bool) -> str:
    """3 talks, 2 h 15 min of 8 h."""
    talks = ngettext("%(num)s talk", "%(num)s talks", pair.talks)
    time = dates.minutes(pair.minutes)
    if pair.least:
        time = _("%(time)s of %(whole)s", time=time, whole=dates.minutes(pair.least))
    parts = [talks, time]
    if pair.support:
        support = dates.minutes(pair.support)
        parts.append(
            _("%(time)s of it support", time=support)
            if pair.counts_support
            else _("and %(time)s of support", time=support)
        )
    if with_closing:
        parts.append(_("until %(day)s", day=dates.short_day(pair.closes_on)) if pair.closes_on else _("stays open"))
    return ", ".join(parts)


def _queue(kind: str, reader: Reader, subject: str, template: str, **about: Any) -> None:
    outbox.queue(
        kind, reader.address, subject, template, to_name=reader.name, person_id=reader.person_id,
        network_id=reader.network_id, from_name=reader.sender, network={"name": reader.network}, first_name=reader.first_name,
        reply_to=address_for("mentoring", reader.person_id, reader.network_id),
        page=absolute("mentoring.index", network=reader.slug),
        all_right=act_link("metall", reader.person_id, reader.network_id, days=DAYS), **about,
    )  # fmt: skip
