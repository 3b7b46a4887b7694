"""How often somebody is written to, by her own choice."""

from flask_babel import lazy_gettext as _l

NEVER = "never"
RHYTHMS = {
    "daily": _l("Every day that has something new"),
    "weekly": _l("Once a week"),
    "fortnightly": _l("Every second week"),
    "monthly": _l("Once a month"),
    NEVER: _l("Never"),
}
