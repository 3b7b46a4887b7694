"""A certificate as its paper and its page draw it: every word, the stamp, and the square that a camera reads."""

from typing import Any
from urllib.parse import urlsplit

import segno
from flask_babel import gettext as _

from portal.credit import wording
from portal.credit.models import Certificate
from portal.web import papers
from portal.web.languages import in_language

PAPER = "certificate"


def paper_of(one: Certificate) -> bytes:
    """The certificate as tagged PDF, in its own language. Raises typst.TypstError when it can't be set."""
    with in_language(one.locale):
        said = words_of(one)
        said["qr"] = _square(wording.checked_at(one))
        return papers.pdf(PAPER, f"{said['heading']}: {one.title}, {one.name}", one.locale, said)


def file_name(one: Certificate) -> str:
    """What the file is called when it is taken along."""
    return f"certificate-{one.number}.pdf"


def words_of(one: Certificate) -> dict[str, Any]:
    """All that stands on it, in the language that is spoken now."""
    printed = one.printed
    return {
        "network": printed["network"],
        "heading": wording.heading(one),
        "name": one.name,
        "verb": wording.what_she_did(one),
        "subject": one.title,
        "objectives": one.objectives,
        "when": [_("When"), wording.sessions_in_words(one)],
        "where": [_("Where"), wording.places_in_words(one)],
        "hours": [_("Hours"), wording.hours_figure(one), wording.hours_words(one)],
        "facts": _facts(one),
        "blank": _blank(one),
        "signed_by": printed["signed_by"],
        "signed_as": f"{printed['signed_as']}. {printed['statement']}",
        "stamp": wording.stamp_words(one),
        "number": wording.check_words(one),
        "running": _("Certificate %(number)s, %(name)s", number=one.number, name=one.name),
        "check": _("Anyone can check it at"),
        "address": _address(one),
        "qr_alt": _("A square for a phone’s camera: the page where this certificate is checked"),
    }


def _facts(one: Certificate) -> list[tuple[str, str]]:
    """Name and value of what else is printed, where there is something."""
    printed = one.printed
    number = _("%(name)s, provider no. %(number)s", name=printed["provider"], number=printed.get("provider_number"))
    found = [
        (printed["instructor_as"], printed["instructor"]),
        (_("Provider"), number if printed.get("provider_number") else printed["provider"]),
        (_("Fee"), printed.get("fee", "")),
    ]
    return [(label, value) for label, value in found if value]


def _blank(one: Certificate) -> list[str]:
    line = one.printed.get("blank_line") or _("Licence no.")
    return [line, _("Write it here by hand. We do not keep it.")]


def _address(one: Certificate) -> str:
    """As somebody types it: without the scheme and without the code."""
    address = urlsplit(wording.checked_at(one, with_code=False))
    return f"{address.netloc}{address.path}"


def _square(link: str) -> str:
    """The address as SVG, black on white."""
    drawn: str = segno.make(link, error="m", micro=False).svg_inline(
        border=0, dark="#20252b", lineclass=None, svgclass=None
    )
    return drawn if "xmlns" in drawn else drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
