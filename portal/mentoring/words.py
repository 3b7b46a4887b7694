"""What the kinds of talks are called."""

from flask_babel import lazy_gettext as _l

KINDS = (
    ("one_to_one", _l("The two of us")),
    ("group", _l("In a group")),
    ("support", _l("Support: reading, planning, travel")),
)
