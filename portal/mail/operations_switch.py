"""The switch that stops all mail but codes, and the note of what keeps us from the server.

Who pressed the switch is told in the history by the room that has the button, a few storeys above.
"""

from sqlalchemy import select

from portal.db import db, operation
from portal.mail.models import MailSwitch
from portal.web import clock


def the_switch() -> MailSwitch:
    """The one row. Inside an operation: it is made where it does not stand yet."""
    switch = db.session.execute(select(MailSwitch).where(MailSwitch.id == 1)).scalar_one_or_none()
    if switch is None:
        switch = MailSwitch(id=1)
        db.session.add(switch)
    return switch


@operation
def set_paused(paused: bool, by: int | None) -> bool:
    """Stop all mails but codes, or let them go again. Returns False where it was so already."""
    switch = the_switch()
    if (switch.paused_at is not None) == paused:
        return False
    switch.paused_at, switch.paused_by = (clock.now(), by) if paused else (None, None)
    return True


@operation
def note_trouble(key: str, said: str) -> None:
    """The server can't be used just now, as ``troubles`` says; the mails wait."""
    switch = the_switch()
    if switch.trouble != key or switch.trouble_since is None:
        switch.trouble, switch.trouble_since = key, clock.now()
    switch.trouble_said = said[:300]


@operation
def note_well() -> None:
    """The server takes mails again."""
    switch = the_switch()
    if switch.trouble:
        switch.trouble, switch.trouble_since, switch.trouble_said = "", None, ""
