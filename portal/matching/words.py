"""What people read for each code of a wish or an offer, and the choices of its forms."""

from flask_babel import lazy_gettext as _l

from portal.vocabulary.queries import all_words

KINDS = ("subject", "phase", "language", "mentoring_need")
SAME_SCHOOL = (
    ("either", _l("Either is fine")),
    ("no", _l("Rather another school")),
    ("only", _l("Only my own school")),
)


def labels_of() -> dict[str, dict[str, str]]:
    """Kind → code → label, retired words included (one query)."""
    words = all_words(retired=True)
    return {kind: {word.code: word.label for word in words.get(kind, [])} for kind in KINDS}
