"""Post that found no place is the administrators' alone."""

from portal.db import db
from portal.mail.models_receiving import ReceivedMail
from portal.web import clock
from tests.access.admin import RAVI

RAW = b"From: somebody@elsewhere.example\r\nSubject: Hello\r\nMessage-ID: <post-1@elsewhere.example>\r\n\r\nWho are you?\r\n"
MATRIX = {
    **{f"GET admin.{one}": RAVI for one in ("post", "one_post", "whole_post", "forgetting_post")},
    "POST admin.forward_post": RAVI,
    "POST admin.forget_post": RAVI,
}


def prepare() -> dict[str, object]:
    mail = ReceivedMail(
        message_id="<post-1@elsewhere.example>",
        from_address="somebody@elsewhere.example",
        subject="Hello",
        size=len(RAW),
        received_at=clock.now(),
        became="unplaced",
        reason="unknown",
        is_waiting=True,
        raw=RAW,
    )
    db.session.add(mail)
    db.session.commit()
    return {"received_id": mail.id}
