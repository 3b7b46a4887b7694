"""What a licence allows, in plain words, where the region has not written its own beside the word."""

from flask_babel import gettext as _

from portal.resources.licences import PERMISSION, PUBLIC_DOMAIN


def allows(code: str) -> str:
    """A sentence or two; nothing for a licence that we don't know. No legal advice: the licence itself is what counts."""
    if code in (PUBLIC_DOMAIN, "cc0-1.0"):
        return _("Use it and change it as you like.")
    if code == PERMISSION:
        return _("Use it in class. Its author allowed it to be shared here; ask before you change it or pass it on.")
    if code in ("mit", "apache-2.0", "ogl-3.0"):
        return _("Use it, change it, keep the notice of whose it is.")
    if not code.startswith("cc-by"):
        return ""
    parts = code.split("-")
    if "nd" in parts:
        may = _("Use it as it is and say where it came from; no changed copies.")
    else:
        may = _("Use it, change it, say where it came from.")
    more = [may]
    if "nc" in parts:
        more.append(_("Not for money."))
    if "sa" in parts:
        more.append(_("What you make of it keeps the same licence."))
    return " ".join(more)
