"""What people read for each code of a wish or an offer, and the choices of its forms."""

from flask_babel import lazy_gettext as _l

from portal.matching.models import MentorAsk, MentorOffer
from portal.vocabulary.queries import all_words

KINDS = ("subject", "phase", "language", "mentoring_need")
SAME_SCHOOL = (
    ("either", _l("Either is fine")),
    ("no", _l("Rather another school")),
    ("only", _l("Only my own school")),
)


# How a proposal stands, for coordinators (see ``MatchProposal.state``).
STATES = {
    "open": _l("Both are asked"),
    "paired": _l("They are a pair"),
    "declined": _l("One of them said no"),
    "withdrawn": _l("Taken back"),
    "full": _l("No place was left"),
    "lapsed": _l("Ended without an answer"),
}


def labels_of() -> dict[str, dict[str, str]]:
    """Kind → code → label, retired words included (one query)."""
    words = all_words(retired=True)
    return {kind: {word.code: word.label for word in words.get(kind, [])} for kind in KINDS}


def to_choose(row: MentorAsk | MentorOffer | None = None) -> dict[str, dict[str, str]]:
    """The same for a form: words in use, and those that stand in what is changed (one query)."""
    words = all_words(retired=True)
    known = {*row.subjects, *row.phases, *row.languages, *getattr(row, "needs", ())} if row else set()
    return {
        kind: {word.code: word.label for word in words.get(kind, []) if word.in_use or word.code in known}
        for kind in KINDS
    }
