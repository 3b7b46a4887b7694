"""A person's next digest as it would be sent at this moment: the same words from the same templates, and nothing noted."""

from dataclasses import dataclass
from datetime import datetime

from portal.digest import words
from portal.digest.composing import compose
from portal.digest.content import Content
from portal.digest.gathering import Facts, gather
from portal.digest.letters import write_letter
from portal.digest.periods import next_begins
from portal.digest.queries_due import chosen_time
from portal.digest.queries_readers import Reader
from portal.people.rhythms import NEVER, RHYTHMS
from portal.web import clock


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be sent, and when. Without a content there is nothing to tell, or nobody to tell it to."""

    rhythm: str = NEVER
    at: datetime | None = None
    has_address: bool = False
    content: Content | None = None
    text: str = ""
    html: str = ""

    @property
    def rhythm_name(self) -> str:
        return str(RHYTHMS[self.rhythm])


def preview(person_id: int) -> Preview:
    """What would be written to her now, whatever her rhythm."""
    facts = gather([person_id])
    if not facts.readers:
        return Preview()
    reader = facts.readers[0]
    return _of(reader, facts)


def _of(reader: Reader, facts: Facts) -> Preview:
    at = next_begins(reader.rhythm, reader.time_zone, chosen_time(), clock.now()) if reader.rhythm != NEVER else None
    with words.as_read_by(reader):
        content = compose(reader, facts)
        if content is None:
            return Preview(reader.rhythm, at, True)
        mail = write_letter(reader, content, facts)
    return Preview(reader.rhythm, at, True, content, mail.text, mail.html or "")
