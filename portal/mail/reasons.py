"""Why a mail did not arrive, from what servers say (RFC 3463), and in words for people."""

import re

from flask_babel import lazy_gettext as _l

STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\d|\.\d)")
CODE = re.compile(r"^\s*([2-5])\d\d\b")

# What became of a mail, by ``OutboxMail.outcome``.
OUTCOMES = {
    "sent": _l("sent"),
    "refused": _l("refused by the mail server"),
    "given-up": _l("given up after the last try"),
    "comes-back": _l("not sent: mail to this address comes back"),
    "stopped": _l("not sent: she wants no more of these"),
}
REASONS = {
    "no-mailbox": _l("there is no such mailbox"),
    "no-domain": _l("the part after the @ is not known to anybody"),
    "closed": _l("the mailbox is closed"),
    "full": _l("the mailbox is full"),
    "turned-away": _l("the mail server there turns our mails away"),
    "not-an-address": _l("no mail can have this address"),
    "too-often": _l("five mails in a row did not get through"),
    "refused": _l("the mail server refuses this address"),
}
# By the second and third number of the status; the third "*" stands for any.
_MEANINGS = {
    ("1", "2"): "no-domain",
    ("1", "3"): "not-an-address",
    ("1", "*"): "no-mailbox",
    ("2", "1"): "closed",
    ("2", "2"): "full",
    ("4", "4"): "no-domain",
    ("7", "*"): "turned-away",
}


def reason_of(said: str) -> str:
    """The key of REASONS for an answer such as "550 5.1.1 no such user"."""
    status = STATUS.search(said)
    if not status:
        # RFC 5321: its storage is used up.
        return "full" if said.lstrip().startswith(("552", "452")) else "refused"
    _class, subject, detail = status.groups()
    return _MEANINGS.get((subject, detail)) or _MEANINGS.get((subject, "*")) or "refused"


def is_hard(said: str) -> bool:
    """Whether an answer means that no mail will ever reach this address.

    A full mailbox may be emptied. A server that turns us away (5.7.x: a block list, a filter) says something about us:
    one bad hour must not mark every address of a school.
    """
    said_class = STATUS.search(said) or CODE.match(said)
    return bool(said_class and said_class[1] == "5") and reason_of(said) not in ("full", "turned-away")


def reason_words(key: str | None) -> object:
    """The reason as the end of a sentence."""
    return REASONS.get(key or "", REASONS["refused"])


def outcome_words(key: str | None) -> object:
    return OUTCOMES.get(key or "", "")
