"""Answering in a conversation by answering its mail: posted as her, with her files, if she may write there now."""

import io

from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from portal.conversations.forms import MOST, TOO_LONG
from portal.conversations.models import Topic, TopicRead, TopicTold
from portal.conversations.operations_posts import reply
from portal.conversations.policy import can_write
from portal.db import db
from portal.files.forms import MOST as MOST_FILES
from portal.files.operations import keep
from portal.mail import answers
from portal.mail.answers import Answer, Brought
from portal.networks.scope import scope_by_link
from portal.web.errors import DomainError


def take_answers_by_mail() -> None:
    answers.declare("topic", network_of=network_of, bring=bring, take=post_answer)


def network_of(topic_id: int) -> int | None:
    """The network that a conversation belongs to; removed ones have one too, since somebody may be answering."""
    return db.session.execute(select(Topic.network_id).where(Topic.id == topic_id)).scalar()


def bring(answer: Answer) -> Brought:
    """Keep what hung on the mail; what can't be kept is named with the reason."""
    kept, refused = [], []
    for attachment in answer.attachments[:MOST_FILES]:
        try:
            kept.append(keep(FileStorage(io.BytesIO(attachment.data), attachment.name), answer.person_id).id)
        except DomainError as refusal:
            refused.append(f"{attachment.name}: {refusal.sentence}")
    refused += [_("%(name)s: a mail can bring ten files.", name=one.name) for one in answer.attachments[MOST_FILES:]]
    return Brought(kept, refused)


def post_answer(answer: Answer, brought: Brought) -> None:
    """Post it. Belongs inside an operation. Raises DomainError or NotHere with her words still in the mail."""
    scope = scope_by_link(network_of(answer.thing_id) or 0, answer.person_id, "conversations")
    if not can_write(scope.membership):
        raise DomainError(_("You read along in this network; writing is for its members."))
    text = answer.text or (_("A file by mail:") if brought.file_ids else "")
    if not text:
        raise DomainError(_("We found no words of yours in your mail, and no file that could be kept."))
    if len(text) > MOST:
        raise DomainError(TOO_LONG)
    reply(scope.membership, answer.thing_id, as_typed(text), brought.file_ids, by_mail=True)
    _note_read(answer)


def as_typed(text: str) -> str:
    """Plain text as Markdown that looks the same: no code by accident, and short lines stay lines of their own."""
    lines = text.split("\n")
    shown = []
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        words = line.lstrip(" ")
        is_listed = words[:2] in ("- ", "* ") or words.startswith(">")
        # A mail program breaks long lines near the 72nd sign; a shorter line was ended by its writer.
        breaks = bool(words) and bool(below.strip()) and len(line) < 60 and not is_listed
        head = "\\" if words.startswith("#") or (words and set(words) <= {"=", "-", "*", "_", " "}) else ""
        shown.append(f"{head}{words}{chr(92) if breaks else ''}")
    return "\n".join(shown)


def _note_read(answer: Answer) -> None:
    """Whoever answers a mail has read it: the next news comes at once."""
    told = db.session.get(TopicTold, (answer.thing_id, answer.person_id))
    if told is None:
        return
    read = db.session.get(TopicRead, (answer.thing_id, answer.person_id))
    if read is None:
        db.session.add(TopicRead(topic_id=answer.thing_id, person_id=answer.person_id, read_at=told.told_until))
    else:
        read.read_at = max(read.read_at, told.told_until)
