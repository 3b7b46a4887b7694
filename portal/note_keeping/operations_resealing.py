"""Sealing texts anew with the key of today, some at a time: what was written, by whom and when stays as it is."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import operation
from portal.history import phrases
from portal.mentoring import sealed
from portal.note_keeping.queries import under_other_keys

phrases.declare({"mentoring.resealed": _l("Private texts were sealed with a new key")})
BATCH = 200


@operation
def reseal_batch(at_hand: Mapping[str, bytes], key: bytes, after: int) -> tuple[int, int]:
    """The next texts that an older key at hand sealed, by id; returns how many it was, and the id to go on after, or 0.

    A row that was tampered with is left as it is.
    """
    name, done = sealed.key_id(key), 0
    batch = under_other_keys(name, at_hand, after, BATCH)
    for text in batch:
        try:
            fields = sealed.unseal(at_hand[text.key_id], text)
        except sealed.KeyIsMissing:
            continue
        text.sealed = sealed.seal(key, text.thing, text.thing_id, text.sealed_for, text.layer, fields)
        text.key_id = name
        done += 1
    if done:
        history.record(None, "mentoring.resealed", "mentoring", 0)
    return done, batch[-1].id if batch else 0
