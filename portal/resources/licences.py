"""Licences as catalogues spell them, to the code that we keep; and a code as people read it.

A spelling that does not say what is allowed is refused: guessing a licence would give away what is not ours.
"""

import re

PUBLIC_DOMAIN = "public-domain"
PERMISSION = "permission"

# What anybody may change and pass on, besides those of Creative Commons that don't say "no derivatives".
FREE = ("cc0-1.0", PUBLIC_DOMAIN, "apache-2.0", "mit", "ogl-3.0")

_ELEMENTS = (
    ("by", r"\bby\b|attribution"),
    ("nc", r"\bnc\b|non-?\s?commercial"),
    ("sa", r"\bsa\b|share-?\s?alike"),
    ("nd", r"\bnd\b|no-?\s?deriv"),
)
_VERSION = re.compile(r"\b([1-4]\.[0-9])\b")
_OTHERS = {"apache": "apache-2.0", "mit license": "mit", "mit licence": "mit", "open government licence v3": "ogl-3.0"}
_NAMES = {
    PUBLIC_DOMAIN: "Public domain",
    PERMISSION: "© with permission",
    "cc0-1.0": "CC0",
    "apache-2.0": "Apache 2.0",
    "mit": "MIT",
    "ogl-3.0": "Open Government Licence 3.0",
}

_ADDRESSES = {
    PUBLIC_DOMAIN: "https://creativecommons.org/publicdomain/mark/1.0/",
    "cc0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    "mit": "https://opensource.org/license/mit",
    "ogl-3.0": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}


def licence_code(spelling: str) -> str | None:
    """``cc-by-sa-2.0``, ``cc0-1.0``, ``public-domain``, ``permission`` and their kin; None when it stays unclear."""
    text = spelling.casefold()
    if not text.strip() or text.startswith("no licen"):
        return None
    # "CCO 1.0" with the letter O is how many people type the zero.
    if re.search(r"\bcc[0o]\b", text):
        return "cc0-1.0"
    if "public domain" in text:
        return PUBLIC_DOMAIN
    if re.search(r"\bcc\b|creative commons|^[a-z-]*commercial", text):
        return _creative_commons(text)
    if re.search(r"with .*permission|special permission", text):
        return PERMISSION
    return next((code for part, code in _OTHERS.items() if part in text), None)


def _creative_commons(text: str) -> str | None:
    """From 2.0 on each of these licences wants the author named, whether a catalogue says so or not."""
    found = [name for name, pattern in _ELEMENTS if re.search(pattern, text)]
    if not found or {"sa", "nd"} <= set(found):
        return None
    version = _VERSION.search(text)
    elements = ["by", *(name for name in found if name != "by")]
    return "-".join(["cc", *elements, version.group(1) if version else "4.0"])


def clash(original: str, chosen: str) -> str:
    """Why what is made from an original may not stand under ``chosen``; "" where it may, or where nobody knows.

    "nd": no changed copies at all; "sa": it keeps the same licence; "nc": it stays not for money. Versions of one
    licence may follow each other (CC BY-SA 2.0 becomes 4.0), as the licences themselves say in their section on adapters.
    """
    parts = original.split("-") if original.startswith("cc-") else []
    if "nd" in parts:
        return "nd"
    if "sa" in parts and _family(original) != _family(chosen):
        return "sa"
    if "nc" in parts and "nc" not in chosen.split("-"):
        return "nc"
    return ""


def _family(code: str) -> str:
    return code.rpartition("-")[0]


def licence_name(code: str) -> str:
    """A code as people read it, where the region has no word for it."""
    if code in _NAMES:
        return _NAMES[code]
    parts = code.split("-")
    if parts[0] != "cc":
        return code
    return " ".join(["CC", "-".join(part.upper() for part in parts[1:-1]), parts[-1]])


def licence_url(code: str) -> str:
    """Where the licence itself stands, for ``rel="license"`` and machines; "" where it has no page of its own."""
    if code in _ADDRESSES:
        return _ADDRESSES[code]
    found = re.fullmatch(r"cc-(by(?:-nc)?(?:-sa|-nd)?)-([1-4]\.[0-9])", code)
    return f"https://creativecommons.org/licenses/{found[1]}/{found[2]}/" if found else ""
