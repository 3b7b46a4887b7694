"""Mailboxes of people: mails leave through the worker's own round to a real mail server (aiosmtpd), and are read there."""

from email import message_from_bytes
from email.policy import default

from portal.mail.worker import send_waiting
from portal.web import clock, housekeeping


class Keep:
    """What a mail server does with a mail: it takes it."""

    def __init__(self):
        self.taken = []

    async def handle_DATA(self, server, session, envelope):
        self.taken.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        return "250 taken"


class Post:
    """The worker and the server that it hands its mails to."""

    def __init__(self, app, in_app, server):
        self.app, self.in_app, self.server = app, in_app, server

    def round(self, at=None):
        """The worker does its round, at that moment."""
        if at:
            clock.freeze(at)
        with self.in_app():
            housekeeping.do_each_round()
            send_waiting(self.app.config["SETTINGS"], "Staffroom")

    def hour(self, at):
        """The worker does what is done about once an hour, at that moment."""
        clock.freeze(at)
        with self.in_app():
            housekeeping.do_all()

    def box(self, address):
        return Letterbox(self, address)


class Letterbox:
    """One person's mailbox: ``fetch`` lets the worker do its round and gives what is new."""

    def __init__(self, post, address):
        self.post, self.address, self.seen = post, address, 0

    def fetch(self, at=None):
        self.post.round(at)
        new = self.post.server.handler.taken[self.seen :]
        self.seen += len(new)
        return [mail for to, mail in new if self.address in to]


def words_of(mail):
    return mail.get_body(("plain",)).get_content()


def link(mail, act, choice=""):
    """The address of a mail's button: of an act, and of one choice where it has several."""
    found = [word for word in words_of(mail).split() if f"/a/{act}-" in word and word.endswith(choice)]
    return "/a/" + found[0].partition("/a/")[2]
