"""The sentence that an import of organisations leaves."""

from flask_babel import lazy_gettext as _l

from portal.history import phrases

phrases.declare(
    {
        "organisations.imported": _l(
            "%(actor)s imported organisations from %(source)s: %(created)s new, %(updated)s changed, %(rejected)s sent back"
        )
    }
)
