"""The mail to the other one of a pair: you met, is that right? It holds a date and minutes, never a word of content.

Who is asked gets one such mail a day at most, with all that waits for her yes (``operations_asking``).
"""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from portal.mail import kinds, outbox
from portal.mail.answers import address_for
from portal.mentoring_mail.queries_asking import KIND, Reader, Waiting
from portal.web import clock, dates
from portal.web.languages import in_language
from portal.web.links import absolute, act_link

kinds.declare(KIND, why=_l("You get this because you are one of this pair."), name=_l("“You met” mails"), private=True)
DAYS = 30
MOST_SHOWN = 12


def write_whether_met(reader: Reader, waiting: Sequence[Waiting]) -> None:
    """One mail about all these talks. Belongs inside an operation."""
    with in_language(reader.locale):
        several = len(waiting) > 1
        outbox.queue(
            KIND, reader.address, _subject(reader, waiting), "you_met_several" if several else "you_met",
            to_name=reader.name, person_id=reader.person_id, network_id=reader.network_id, from_name=reader.sender,
            reply_to=_answers_to(reader, waiting), network={"name": reader.network}, first_name=reader.first_name,
            talks=[_shown(reader, one) for one in waiting[:MOST_SHOWN]], left_out=max(0, len(waiting) - MOST_SHOWN),
            all_right=act_link("metall", reader.person_id, reader.network_id, days=DAYS),
            page=absolute("mentoring.index", network=reader.slug),
            takes_answers=not several and _answers_to(reader, waiting) is not None,
        )  # fmt: skip


def _subject(reader: Reader, waiting: Sequence[Waiting]) -> str:
    if len(waiting) > 1:
        return ngettext("%(num)s talk: is it right?", "%(num)s talks: are they right?", len(waiting))
    return _("You met on %(day)s?", day=dates.day(_day(reader, waiting[0])))


def _shown(reader: Reader, one: Waiting) -> dict[str, Any]:
    return {
        "writer": one.writer,
        "day": dates.day(_day(reader, one)),
        "length": dates.minutes(one.minutes),
        "again": one.is_again,
        "yes": act_link("met", reader.person_id, one.talk_id, days=DAYS, choice="yes"),
        "no": act_link("met", reader.person_id, one.talk_id, days=DAYS, choice="no"),
    }


def _day(reader: Reader, one: Waiting) -> Any:
    return clock.local(one.at, reader.time_zone).date()


def _answers_to(reader: Reader, waiting: Sequence[Waiting]) -> str | None:
    """A single question can be answered with a word; to several of them a word is no answer."""
    if len(waiting) == 1:
        return address_for("met", reader.person_id, waiting[0].talk_id)
    return address_for("mentoring", reader.person_id, reader.network_id)
