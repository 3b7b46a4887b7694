"""What the kinds of talks are called."""

from flask_babel import lazy_gettext as _l

KINDS = (
    ("one_to_one", _l("The two of us")),
    ("group", _l("In a group")),
    ("support", _l("Support: reading, planning, travel")),
)
# In a list that a phone shows beside another; the same words as on a statement.
KINDS_SHORT = (("one_to_one", _l("One to one")), ("group", _l("Group")), ("support", _l("Support")))
