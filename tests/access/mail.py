"""The mails of a developer's own computer are open to whoever sits at it; elsewhere there is nothing."""

from portal.db import db
from portal.mail import outbox


def prepare() -> dict[str, object]:
    words = {"code": "ABC", "link": "https://x.example/", "minutes": 1, "site": "T", "first_name": "Tobi"}
    mail = outbox.queue("sign-in-code", "tobi@tarn-and-tide.example", "Your code", "sign_in_code", **words)
    mail.html = "<p>Your code</p>"
    db.session.commit()
    return {"mail_id": mail.id}


OPEN = dict.fromkeys(("ines", "tobi", "dafydd", "petra", "kofi", "ravi", "hana", "nobody"), "may")
MATRIX = {"GET dev_mail.index": OPEN, "GET dev_mail.show": OPEN, "GET dev_mail.html": OPEN}
