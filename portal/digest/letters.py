"""A digest as a mail: from the network, with answers to its coordinator, in the reader's language and on her clocks."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.digest.content import Content
from portal.digest.gathering import Facts
from portal.digest.queries_readers import Reader
from portal.mail import kinds, outbox
from portal.mail.models import OutboxMail
from portal.networks.queries import region
from portal.web.links import absolute

KIND = "digest"
kinds.declare(
    KIND,
    why=_l("You get this because you are a member, as often as you chose."),
    name=_l("The mail with all that is new to you"),
)


def write_letter(reader: Reader, content: Content, facts: Facts) -> OutboxMail:
    """Her digest as a mail that is not in the outbox yet. Belongs inside ``words.as_read_by(reader)``."""
    context = letter_context(reader, content, facts)
    mail = outbox.queue(
        KIND,
        reader.address,
        content.subject,
        KIND,
        to_name=" ".join(reader.name.split()),
        person_id=reader.id,
        from_name=" ".join(context["sender"]["network"].split()),
        reply_to=context["answers_to"][1] or None,
        **context,
    )
    # Whoever keeps it puts many into the outbox at once.
    db.session.expunge(mail)
    return mail


def letter_context(reader: Reader, content: Content, facts: Facts) -> dict[str, Any]:
    """What the templates of the mail are given; the page that shows the next digest gives them the same."""
    first = next(iter(reader.places.values()), None)
    answers_to = facts.coordinators.get(first.id, ("", "")) if first else ("", "")
    return {
        "content": content,
        "first_name": reader.first_name,
        "sender": {"network": _sender(reader)},
        "answers_to": ("", "") if answers_to[1] == reader.address else answers_to,
        "page_link": absolute("digest.index"),
    }


def _sender(reader: Reader) -> str:
    """Her network; the region for who is in several."""
    if len(reader.places) == 1:
        return next(place.name for place in reader.places.values())
    here = region()
    return here.name if here else _("Your networks")
