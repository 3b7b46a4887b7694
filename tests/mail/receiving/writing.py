"""Mails as people's programs write them, for tests of receiving."""

from email.message import EmailMessage

from portal.mail.answers import address_for
from tests import cast

DOMAIN = "reply.tarn-and-tide.example"


def address_of(key, topic_id):
    """Where one of the cast answers a conversation."""
    return address_for("topic", cast.person_id(key), topic_id)


def mail(to, text="Four metres are enough.", sender="dafydd@tarn-and-tide.example", number=1, **headers):
    """One mail as bytes."""
    message = EmailMessage()
    message["From"] = f"Dafydd Okonjo-Reeve <{sender}>"
    message["To"] = to
    message["Subject"] = headers.pop("subject", "Re: Egg drop indoors?")
    message["Message-ID"] = f"<{number}@school.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def with_file(to, name, data, kind=("application", "pdf"), **more):
    """One mail with a file."""
    from email import message_from_bytes, policy

    message = message_from_bytes(mail(to, **more), policy=policy.default)
    message.add_attachment(data, maintype=kind[0], subtype=kind[1], filename=name)
    return message.as_bytes()
