"""How the levels, the kinds and the five steps are called."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

# After Guskey's five levels of evaluating what teachers learn, with the network and open questions beside them.
LEVELS: dict[str, LazyString] = {
    "reaction": _l("Reaction"),
    "learning": _l("Learning"),
    "organisation": _l("What the school makes possible"),
    "use": _l("Use"),
    "students": _l("Students"),
    "network": _l("The network"),
    "open": _l("In your own words"),
}
KINDS: dict[str, LazyString] = {
    "agree": _l("A sentence to agree with, in five steps"),
    "words": _l("An open question"),
}
STEPS: tuple[LazyString, ...] = (
    _l("Strongly disagree"),
    _l("Disagree"),
    _l("Neither"),
    _l("Agree"),
    _l("Strongly agree"),
)
