"""Private texts beside a talk that is written down already. They leave no line in the history: that one writes is hers."""

from collections.abc import Mapping

from portal.db import operation
from portal.mentoring.draft_keeping import BESIDE, DRAFT, Place, forget_draft
from portal.mentoring.kept import refuse_when_gone
from portal.mentoring.models import ContactActivity, ContactStandard, PairTalk
from portal.mentoring.operations_contacts import add_notes, confirm_contact
from portal.mentoring.stale import refuse_stale_texts
from portal.mentoring.talks import SHARED, Talk
from portal.mentoring.texts import keep_text


@operation
def write_notes(told: PairTalk, author: int, texts: Mapping[str, str], key: bytes, seen: str) -> None:
    """What one of the two writes beside a talk, also in a closed month: nothing of it is counted. Her draft of it is gone.

    Raises Conflict when she saved in another window since ``seen``, DomainError where the key of the earlier texts is lost,
    and once the texts of the pair are gone.
    """
    refuse_when_gone(told.pairing, texts)
    refuse_stale_texts(told, author, dict(texts), key, seen)
    keep_text(key, "talk", told.id, author, "we_two", {name: texts[name] for name in SHARED})
    keep_text(key, "talk", told.id, author, "only_me", {"note": texts["only_me"]})
    forget_draft(Place(BESIDE, told.id), author, key)


@operation
def join_talk(told: PairTalk, by: int, talk: Talk, key: bytes, seen: str = "") -> None:
    """She wrote down what stands there already: it is confirmed if the other one wrote it, and what she typed is added.

    Day and minutes stay as they are; ``seen`` is what she was shown of them (see ``confirm_contact``). Her draft is gone
    afterwards.
    """
    contact = told.contact
    if contact.logged_by != by:
        confirm_contact(told, by, seen)
    codes = {one.code for one in contact.activities}
    contact.activities += [ContactActivity(code=code) for code in sorted(set(talk.activities) - codes)]
    lines = {one.line_id for one in contact.standards}
    contact.standards += [ContactStandard(line_id=line) for line in sorted(set(talk.standards) - lines)]
    contact.next_at = contact.next_at or talk.next_at
    add_notes(told, by, talk, key)
    forget_draft(Place(DRAFT, told.pairing_id), by, key)
