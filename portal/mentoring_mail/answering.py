"""Writing a talk down by answering a mail of the pair, and saying yes or no to one.

Only date, minutes, how they met and the next date are read. No other word is taken out of the mail, and the mail itself
is stored nowhere, whatever becomes of it (``mail/receiving_private``).
"""

from datetime import datetime

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from portal.activities.meetings import NOON, moment
from portal.db import db
from portal.log_sheets.operations import refuse_a_group_twice
from portal.mail import answers
from portal.mail.answers import Answer, Asked, Brought
from portal.mentoring import policy
from portal.mentoring.models import Pairing, PairTalk
from portal.mentoring.operations_contacts import confirm_contact, dispute_contact, log_contact
from portal.mentoring.queries import names_of, pairing_in, talk_in
from portal.mentoring.queries_people import mentees_of
from portal.mentoring.talks import Talk
from portal.mentoring_mail import letters_answers as letters
from portal.mentoring_mail.acts_talked import talked_link
from portal.mentoring_mail.queries_asking import SETTLES
from portal.mentoring_mail.queries_dates import day_asked_about, talks_on
from portal.mentoring_mail.queries_readers import Reader as MailReader
from portal.mentoring_mail.queries_readers import reader_of
from portal.mentoring_mail.reading import Read, Reader, read
from portal.mentoring_mail.reading_days import day_words
from portal.mentoring_mail.reading_how import says_yes
from portal.networks.scope import Here, scope_by_link
from portal.vocabulary.queries import fold
from portal.web import clock
from portal.web.errors import DomainError, NotHere
from portal.web.languages import in_language
from portal.web.links import act_link

ACT_DAYS = 30


def take_answers_by_mail() -> None:
    answers.declare_private("talk", network_of=network_of_pair, take=take_talk, instead=form_instead)
    answers.declare_private("met", network_of=network_of_talk, take=take_yes_or_no, instead=press_instead)
    answers.declare_private("mentoring", network_of=network_itself, take=take_nothing)


def network_of_pair(pairing_id: int) -> int | None:
    return db.session.execute(select(Pairing.network_id).where(Pairing.id == pairing_id)).scalar()


def network_of_talk(talk_id: int) -> int | None:
    return db.session.execute(select(Pairing.network_id).join(PairTalk).where(PairTalk.id == talk_id)).scalar()


def network_itself(network_id: int) -> int | None:
    return network_id


def form_instead(asked: Asked) -> str:
    return talked_link(asked.person_id, asked.thing_id)


def press_instead(asked: Asked) -> str:
    return act_link("met", asked.person_id, asked.thing_id, days=ACT_DAYS)


def take_talk(answer: Answer, brought: Brought) -> None:
    """Write the talk down, or ask back what was not certain. Belongs inside an operation.

    Raises NotHere for who is no longer one of the pair, DomainError for what the portal refuses on its page too.
    """
    scope = scope_by_link(network_of_pair(answer.thing_id) or 0, answer.person_id, "mentoring")
    pairing = pairing_in(scope.network.id, answer.thing_id)
    reader = reader_of(letters.KIND, scope.network.id, answer.person_id)
    if pairing is None or reader is None or not policy.may_log(scope.membership, pairing):
        raise NotHere
    with in_language(reader.locale):
        names = names_of(pairing)
        other = names[policy.other_of(answer.person_id, pairing)]
        written_at = answer.written_at or clock.now()
        said = read(answer.text, _with(reader, written_at, pairing, names))
        if said.is_certain:
            _write(reader, scope, pairing, other, said)
        else:
            letters.tell_uncertain(reader, pairing.id, other, said)


def take_yes_or_no(answer: Answer, brought: Brought) -> None:
    """Say yes or no to a talk that the other one wrote down. Raises DomainError for anything that is neither."""
    scope = scope_by_link(network_of_talk(answer.thing_id) or 0, answer.person_id, "mentoring")
    told = talk_in(scope.network.id, answer.thing_id)
    if told is None or told.contact.deleted_at or not policy.may_confirm(scope.membership, told):
        raise NotHere
    if _was_changed_since(told, answer):
        raise DomainError(_("It was put right after that mail. Look at it as it stands now."))
    said = says_yes(answer.text)
    if said is None:
        raise DomainError(_("We could not tell whether it is a yes or a no."))
    if said:
        confirm_contact(told, answer.person_id)
    else:
        dispute_contact(told, answer.person_id)


def _was_changed_since(told: PairTalk, answer: Answer) -> bool:
    """Whether she read other figures: a corrected talk is asked about anew, in a mail of its own.

    Her program's clock may be behind by a while.
    """
    if told.asked_at is None:
        return told.contact.created_at + SETTLES < clock.now()
    return answer.written_at is not None and answer.written_at + SETTLES < told.asked_at


def take_nothing(answer: Answer, brought: Brought) -> None:
    raise DomainError(_("That mail asks about several things, or none: press its links, or sign in."))


def _write(reader: MailReader, scope: Here, pairing: Pairing, other: str, said: Read) -> None:
    """One talk that both tell of is one; the same one told twice is one too."""
    zone, minutes = scope.network.time_zone, said.minutes or 0
    on_that_day = [one for one in talks_on(pairing.id, said.day, zone) if one.contact.contact_kind == said.kind]
    same = next((one for one in on_that_day if one.contact.minutes == minutes), None)
    if same and same.contact.logged_by != reader.person_id and same.confirmed_at is None and said.kind != "support":
        confirm_contact(same, reader.person_id)
        letters.tell_written(reader, same, other, said.doubts, is_theirs=True)
        return
    if same:
        letters.tell_there_already(reader, same, other)
        return
    theirs = next((one for one in on_that_day if _waits_for(one, reader.person_id)), None)
    if theirs:
        letters.tell_uncertain(reader, pairing.id, other, said, theirs)
        return
    if said.kind == "group":
        refuse_a_group_twice(pairing, reader.person_id, said.day, minutes, zone)
    key = current_app.config["SETTINGS"].key("mentoring")
    told = log_contact(pairing, reader.person_id, _talk(said, zone), key, zone)
    letters.tell_written(reader, told, other, said.doubts)


def _waits_for(told: PairTalk, person_id: int) -> bool:
    return told.contact.logged_by != person_id and told.confirmed_at is None and told.contact.contact_kind != "support"


def _talk(said: Read, time_zone: str) -> Talk:
    return Talk(
        at=moment(said.day, said.start or NOON, time_zone),
        minutes=said.minutes or 0,
        mode=said.mode or "in_person",
        kind=said.kind,
        has_time=said.start is not None,
        also=said.also,
        next_at=moment(said.next_on, said.next_time or NOON, time_zone) if said.next_on else None,
        how="mail",
    )


def _with(reader: MailReader, written_at: datetime, pairing: Pairing, names: dict[int, str]) -> Reader:
    """The day of the mail and of the date before it, her days and months, and whom she may name: the two, her other mentees."""
    known: dict[str, int] = {}
    if reader.person_id == pairing.mentor_id:
        for pairing_id, name in mentees_of(pairing.network_id, reader.person_id):
            if pairing_id != pairing.id:
                known |= _spelled(name, pairing_id, known)
    for name in names.values():
        known |= _spelled(name, 0, {})
    written_on = clock.local(written_at, reader.time_zone).date()
    asked_about = day_asked_about(pairing.id, reader.person_id, written_at, reader.time_zone)
    return Reader(written_on, day_words(reader.locale), known, asked_about)


def _spelled(name: str, pairing_id: int, known: dict[str, int]) -> dict[str, int]:
    """Her whole name, and her first name where nobody else has it."""
    whole, first = fold(name), fold(name).split(" ")[0]
    return {whole: pairing_id} | ({first: pairing_id} if first not in known else {})
