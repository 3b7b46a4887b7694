"""Who took part in a talk, as the ledger counts it. Support is the mentor's time alone; a group is one talk."""

from portal.activities.operations_meetings import note_who_was_there
from portal.mentoring.models import MentoringContact


def note_who_took_part(contact: MentoringContact, by: int) -> None:
    """Make the participations what the talk says now, each from where she worked on that day. Belongs inside an operation."""
    there = {told.pairing.mentor_id: "mentor" for told in contact.talks}
    if contact.contact_kind != "support":
        there |= {told.pairing.mentee_id: "mentee" for told in contact.talks}
    note_who_was_there(contact, there, by)
