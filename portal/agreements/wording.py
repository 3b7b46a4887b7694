"""The wording that stands in a network, whether it wrote one of its own or not."""

from dataclasses import dataclass

from markupsafe import Markup

from portal.agreements.queries import current_agreement
from portal.agreements.starting_text import starting_text
from portal.web.languages import in_language
from portal.web.prose import render


@dataclass(frozen=True, slots=True)
class Wording:
    """``version`` is what a yes is said to; ``is_own`` whether the network wrote it."""

    version: int
    text: str
    html: Markup
    is_own: bool


def wording_of(network_id: int, locale: str) -> Wording:
    """One query. The starting text is version 1 from the first yes on, so it is called that before."""
    current = current_agreement(network_id)
    if current:
        return Wording(current.version, current.text, Markup(current.text_html), current.made_by is not None)
    with in_language(locale):
        text = starting_text()
    return Wording(1, text, Markup(render(text)), False)
