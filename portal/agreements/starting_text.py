"""What a pair promises each other until its network writes a wording of its own: in our own words, after practice."""

from flask_babel import gettext as _


def starting_text() -> str:
    """In the language that is spoken here. Markdown, as coordinators edit it."""
    return "\n\n".join(
        (
            "# " + _("What stays between us"),
            _(
                "What we say to each other stays between the two of us: how the teaching goes, what is hard, what is good. "
                "Neither of us reports it to anybody, not to a head, not to a district, not to a coordinator."
            ),
            "# " + _("What others learn"),
            _(
                "Coordinators see that we are a pair, on which days we met, for how many minutes and in which way, and "
                "whether our plan is complete. A school or district gets totals. Nobody gets a note."
            ),
            "# " + _("The one exception"),
            _(
                "If the health or the safety of a pupil is at risk, we go to the safeguarding contact of the school at "
                "once. That is never written down here."
            ),
            "# " + _("How we meet"),
            _(
                "We agree on a day and keep it. Whoever sees to it that we meet is named above. If one of us can’t come, "
                "she says so at least a day before, and offers another day in the same message."
            ),
            "# " + _("No part in judging"),
            _("The mentor takes no part in evaluating the mentee, and nothing that either of us wrote is used for it."),
            "# " + _("How it ends"),
            _(
                "Either of us can end this at any time. Nobody is at fault and no reason is asked. If one of us would "
                "like somebody else, she tells the coordinators, and only they learn of it."
            ),
        )
    )
