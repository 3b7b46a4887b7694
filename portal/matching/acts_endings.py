"""The three questions from a mail. What she types goes in and is never shown there again: a mail may be passed on."""

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField
from wtforms.validators import Length

from portal.matching.operations_endings import EndingSaid, answer_ending
from portal.matching.queries_wishes import ending_of
from portal.mentoring import policy
from portal.mentoring.by_link import pair_by_link
from portal.mentoring.queries import names_of
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.errors import DomainError
from portal.web.links import Link, absolute

MOST = Length(max=4000, message=_l("Keep it under 4,000 characters."))


class EndingSignedForm(SignedForm):
    """The same questions as on the page of the pair."""

    worked = TextAreaField(_l("What worked"), [MOST])
    did_not = TextAreaField(_l("What did not"), [MOST])
    suggests = TextAreaField(_l("What you suggest"), [MOST])
    only_me = BooleanField(_l("For myself alone: nobody else reads it, no coordinator either"))


def look_at_ending(link: Link) -> Look:
    pairing, scope = pair_by_link(link)
    other = names_of(pairing)[policy.other_of(link.person_id, pairing)]
    ending = ending_of(pairing.id, link.person_id)
    state = ""
    if pairing.ended_on is None:
        state = _("This pair goes on. The questions come when it ends.")
    elif ending and ending.answered_at:
        state = _("You answered these. Answered again, the later answer stands.")
    page = absolute("mentoring.pair", network=scope.network.slug, pairing_id=pairing.id)
    return Look(
        _("Three questions about %(name)s and you", name=other),
        [
            _(
                "Coordinators read this, unless you tick the box. %(name)s never does. Leave out what you like.",
                name=other,
            )
        ],
        state,
        [Button("answer", _("Send it"))] if pairing.ended_on else [],
        [(_("The page of your pair (you sign in first)"), page)],
        scope.network.name,
    )


def answer_questions(link: Link, choice: str, form: EndingSignedForm) -> str:
    pairing, _scope = pair_by_link(link)
    said = EndingSaid(form.worked.data or "", form.did_not.data or "", form.suggests.data or "")
    if not (said.worked or said.did_not or said.suggests):
        raise DomainError(_("Nothing is written yet. One line is enough, and none is fine: just close the page."))
    answer_ending(pairing, link.person_id, said, form.only_me.data, current_app.config["SETTINGS"].key("mentoring"))
    form.worked.data = form.did_not.data = form.suggests.data = ""
    if form.only_me.data:
        return _("Kept for you alone.")
    return _("Thank you. The coordinators read it, the other one of you does not.")


def declare_ending_act() -> None:
    declare_signed("pairending", look_at_ending, answer_questions, EndingSignedForm)
