"""What another window saved meanwhile: both versions of whatever differs, so that nothing is written over unseen."""

from collections.abc import Mapping
from datetime import datetime

from portal.mentoring.models import MentoringContact, PairTalk
from portal.mentoring.queries import notes_for
from portal.mentoring.queries_texts import Private
from portal.mentoring.queries_ticks import programmes_counted, ticked
from portal.mentoring.talks import SHARED, Talk
from portal.web import dates
from portal.web.errors import Conflict

NOTHING = "–"


def fact_of(at: datetime, minutes: int) -> str:
    """What the other one of a pair says yes to, as a mark: when it was, and how long."""
    return f"{at:%Y%m%d%H%M}-{minutes}"


def mark_of(told: PairTalk, notes: Private) -> str:
    """What a talk and its reader's own texts beside it are now, as a mark that changes when they do."""
    return f"{told.contact.row_version}-{notes.mark}"


def refuse_stale(told: PairTalk, by: int, talk: Talk, key: bytes, seen: str) -> None:
    """Raises Conflict with what stands there now where it differs from what is about to be written."""
    notes = notes_for(by, told, key)
    if seen == mark_of(told, notes):
        return
    differs = _counted_now(told.contact, talk) | _ticked_now(told, talk) | _texts_now(notes, by, talk.texts)
    if differs:
        raise Conflict(differs)


def refuse_stale_texts(told: PairTalk, author: int, texts: Mapping[str, str], key: bytes, seen: str) -> None:
    """The same for the private half alone: that its minutes were put right meanwhile changes none of her words."""
    notes = notes_for(author, told, key)
    is_stale = bool(seen) and seen.partition("-")[2] != notes.mark
    if is_stale and (differs := _texts_now(notes, author, texts)):
        raise Conflict(differs)


def texts_differ(told: PairTalk, author: int, texts: Mapping[str, str], key: bytes) -> bool:
    """Whether these are not what she has saved beside this talk."""
    return bool(_texts_now(notes_for(author, told, key), author, texts))


def _texts_now(notes: Private, author: int, texts: Mapping[str, str]) -> dict[str, str]:
    """This author's own texts as they are kept, where they are not what she typed."""
    ours = notes.ours_by(author)
    kept = {name: ours.get(name, "") for name in SHARED} | {"only_me": notes.mine.get("note", "")}
    return {name: text for name, text in kept.items() if text != texts[name]}


def _counted_now(contact: MentoringContact, talk: Talk) -> dict[str, str]:
    def said(moment: datetime | None, has_time: bool = True) -> str:
        return (dates.moment(moment) if has_time else dates.short_day(moment)) if moment else NOTHING

    pairs = {
        "on": (said(contact.starts_at, contact.has_time), said(talk.at, talk.has_time)),
        "minutes": (dates.minutes(contact.minutes), dates.minutes(talk.minutes)),
        "mode": (contact.mode, talk.mode),
        "kind": (contact.contact_kind, talk.kind),
        "next_on": (said(contact.next_at), said(talk.next_at)),
    }
    return {name: now for name, (now, typed) in pairs.items() if now != typed}


def _ticked_now(told: PairTalk, talk: Talk) -> dict[str, str]:
    """Ticks hang on a talk: whoever has it open in a second window would take them out without a word."""
    contact, words = told.contact, ticked(told.contact)
    found = {}
    if {one.code for one in contact.activities} != set(talk.activities):
        found["activities"] = ", ".join(words.activities) or NOTHING
    if {one.line_id for one in contact.standards} != set(talk.standards):
        found["standards"] = ", ".join(words.standards) or NOTHING
    if contact.focus != talk.focus:
        found["focus"] = words.focus or NOTHING
    counted = programmes_counted(told.id)
    if set(talk.not_for or ()) & {one for one, _name in counted}:
        found["counts_for"] = ", ".join(name for _id, name in counted)
    return found
