"""Both versions of a private text, for the form that was saved second."""

from collections.abc import Mapping

from portal.web.forms import Form

Versions = list[tuple[str, str, str]]


def both_versions(form: Form, words: Mapping[str, str] | None = None) -> Versions:
    """(field, what she typed, what stands there now); ``words`` are the names of chosen values."""
    named = words or {}
    return [
        (str(form[name].label.text), _said(form[name].data, named), _said(theirs, named))
        for name, theirs in form.conflict.items()
        if name in form
    ]


def _said(value: object, named: Mapping[str, str]) -> str:
    text = "" if value is None else str(value)
    return str(named.get(text, text))
