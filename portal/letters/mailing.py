"""A letter as the mail that one reader gets: the same for the preview, the test and the sending."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape
from sqlalchemy import select

from portal.db import db
from portal.letters.about import Linker, Thing, buttons, thing_of
from portal.letters.fields import Marked
from portal.letters.models import Letter
from portal.letters.plain_text import as_text
from portal.mail import kinds, outbox
from portal.mail.models import OutboxMail
from portal.networks.scope import NetworkHere
from portal.people.models import EmailAddress, Person
from portal.web import prose
from portal.web.languages import in_language
from portal.web.links import absolute, act_link

KIND = "letter"
# As nh3 writes it: each attribute in double quotes.
PICTURE = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')
kinds.declare(
    KIND, why=_l("You get this because you are a member: a coordinator wrote it to you and others."), name=_l("Letters")
)


@dataclass(frozen=True, slots=True)
class Sender:
    """The coordinator in whose name it goes: answers reach her."""

    name: str
    address: str | None


def sender_of(person_id: int) -> Sender:
    row = db.session.execute(
        select(Person.name, EmailAddress.address)
        .outerjoin(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .where(Person.id == person_id)
    ).one()
    return Sender(row.name, row.address)


class Mailing:
    """One letter, rendered once, made for each reader in her language."""

    def __init__(self, letter: Letter, network: NetworkHere, sender: Sender) -> None:
        self.letter, self.network, self.sender = letter, network, sender
        self.thing: Thing | None = thing_of(letter, network)
        self._subject, self._body = Marked(letter.subject), Marked(letter.body)
        home = home_address(network)
        self._html = for_mail(str(prose.render(self._body.text)), home)
        self._plain = as_text(self._body.text, home)

    def subject(self, reader: Any) -> str:
        with in_language(self.language(reader)):
            return " ".join(self._subject.fill(self._subject.text, self._values(reader)).split())

    def context(self, reader: Any, link: Linker = act_link) -> dict[str, Any]:
        """What the templates ``mails/letter.*`` need. ``reader`` has id, name, called, school, locale and address."""
        values, thing = self._values(reader), self.thing
        return {
            "words": self._body.fill(self._plain, values),
            "prose": Markup(self._body.fill(self._html, values, escape)),
            "thing": thing,
            "dates": thing.lines(self.network.time_zone) if thing else [],
            "buttons": buttons(thing, reader.id, link) if thing else [],
            "network": self.network,
            "coordinator": self.sender.name,
        }

    def queue(self, reader: Any, test: bool = False) -> OutboxMail:
        """Into the outbox; belongs inside an operation. Raises ValueError for an address that no mail can have."""
        with in_language(self.language(reader)):
            return outbox.queue(
                KIND,
                reader.address,
                _("Test: %(subject)s", subject=self.subject(reader)) if test else self.subject(reader),
                "letter",
                to_name=" ".join(reader.name.split()),
                person_id=reader.id,
                network_id=self.network.id,
                from_name=" ".join(self.network.name.split()),
                reply_to=self.sender.address,
                **self.context(reader),
            )

    def language(self, reader: Any) -> str:
        return reader.locale or self.network.locale

    def _values(self, reader: Any) -> dict[str, str]:
        return {
            "first name": reader.called or reader.name.split(" ")[0],
            "name": reader.name,
            "place of work": reader.school or "",
            "network": self.network.short_name or self.network.name,
            "coordinator": self.sender.name,
        }


def home_address(network: NetworkHere) -> str:
    """Where the portal is reached, for the links in front of which a browser would know it."""
    return absolute("network.index", network=network.slug).partition("/n/")[0]


def for_mail(html: str, home: str) -> str:
    """Safe HTML as a mail needs it: links to our own pages in full, and the words of a picture in place of it.

    A picture of ours lies behind the sign-in, and one from elsewhere would tell who reads.
    """
    return PICTURE.sub(r"\1", html).replace('href="/', f'href="{home}/')


def masked(network: NetworkHere) -> Callable[..., str]:
    """Stands for the signed links of somebody else in a preview: whoever holds the real one could press it for her."""
    home = home_address(network)
    return lambda act, *_rest, **_more: f"{home}/a/{act}-…"
