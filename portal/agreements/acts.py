"""Saying yes to the agreement from a mail. The whole wording stands on the page of the act."""

import re

from flask_babel import gettext as _

from portal.agreements.operations import agree
from portal.agreements.queries import agreed_in
from portal.agreements.wording import wording_of
from portal.mentoring import policy
from portal.mentoring.by_link import pair_by_link
from portal.mentoring.queries import names_of
from portal.web import dates
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.links import Link, absolute

# What Markdown puts in front of a heading or of a line of a list.
_MARKS = re.compile(r"^(#{1,6}|[-*]|\d+\.)\s+")


def look_at_agreement(link: Link) -> Look:
    pairing, scope = pair_by_link(link)
    wording = wording_of(scope.network.id, scope.network.locale)
    other = names_of(pairing)[policy.other_of(link.person_id, pairing)]
    mine = [one for one in agreed_in(pairing.id) if one.person_id == link.person_id]
    buttons, state = [Button(f"yes{wording.version}", _("I say yes to this"))], ""
    if pairing.ended_on:
        buttons, state = [], _("This pair has ended.")
    elif mine and mine[0].version == wording.version:
        buttons, state = [], _("You said yes to this on %(day)s.", day=dates.day(mine[0].agreed_at))
    lines = [_MARKS.sub("", line).replace("**", "") for line in wording.text.splitlines() if line.strip()]
    page = absolute("agreements.pair", network=scope.network.slug, pairing_id=pairing.id)
    title = _("What you and %(name)s promise each other", name=other)
    return Look(
        title, lines, state, buttons, [(_("The page of your pair (you sign in first)"), page)], scope.network.name
    )


def say_yes(link: Link, choice: str, form: SignedForm) -> str:
    """The button carries the version that was on the page: a wording that changed since is read first."""
    pairing, _scope = pair_by_link(link)
    agree(pairing, link.person_id, int(choice[3:]) if re.fullmatch(r"yes\d{1,6}", choice) else 0)
    return _("You said yes. Both of you see on which day.")


def declare_agreement_act() -> None:
    declare_signed("pairagree", look_at_agreement, say_yes)
