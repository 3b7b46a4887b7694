"""Why an answer was not taken, and what became of a mail, in words."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

# To the coordinators and the administrators, about a mail that found no place.
REASONS: dict[str, LazyString] = {
    "other-address": _l("It came from an address that the portal does not know as hers, so it was not posted."),
    "out-of-date": _l("It answers a mail of more than a year ago."),
    "no-question": _l("It answers a mail of ours that asks for no answer."),
    "gone": _l("What it answers is no longer there."),
    "unknown": _l("It does not say which mail it answers."),
    "nobody": _l("The network that it belongs to has no coordinator with an address."),
    "broken": _l("The portal stumbled over it."),
    "unreadable": _l("It could not be read."),
    "too-large": _l("It is larger than the portal takes."),
    "too-many": _l("More came within an hour than anybody writes."),
    "forwarded": _l("An administrator passed it on."),
}
# To whoever answered.
SENTENCES: dict[str, LazyString] = {
    "too-large": _l("Your mail is larger than %(limit)s MB. Send the files on their own page, or a link to them."),
    "locked": _l("Your mail is encrypted, so the portal can’t read it. Send it once more without that."),
    "empty": _l("We found nothing of your own in it: only what was quoted, or nothing at all."),
    "gone": _l("What you answered is no longer there, or no longer open to you."),
    "closed": _l("This conversation was closed before your mail arrived."),
}
BECAME: dict[str, LazyString] = {
    "answered": _l("stands where it belongs"),
    "passed-on": _l("went to a coordinator"),
    "sent-back": _l("went back with a reason"),
    "unplaced": _l("found no place"),
    "automatic": _l("absence note, left alone"),
    "loop": _l("from a list or from us, left alone"),
    "bounce": _l("a mail of ours that did not arrive"),
    "calendar": _l("answer of a calendar, left alone"),
    "too-many": _l("too many at once"),
    "read": _l("private: did what it asked, and nothing of it was kept"),
    "not-kept": _l("private: not taken, its writer was told, and nothing of it was kept"),
}
# To whoever answered a mail whose answers are kept nowhere.
PRIVATE: dict[str, LazyString] = {
    "other-address": _l("It came from an address that we don’t know as yours, so it was not read."),
    "no-question": _l("It answered a mail that asks for no answer."),
    "out-of-date": _l("It answered a mail of more than a year ago."),
    "unreadable": _l("It could not be read."),
    "broken": _l("The portal stumbled over it."),
    "too-many": _l("More came within an hour than anybody writes, so the last ones were not read."),
}


def reason_words(reason: str) -> str:
    return str(REASONS.get(reason, ""))


def became_words(became: str) -> str:
    return str(BECAME.get(became, became))
