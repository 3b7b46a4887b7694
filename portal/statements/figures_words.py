"""What each line of R6 is called, and its rule in one sentence. Source: practice.md 10, R6, and the counting rules of 11.1."""

from flask_babel import lazy_gettext as _l

NAMES = {
    "pairs": _l("pairs active"),
    "met": _l("of them met"),
    "mentors": _l("mentors"),
    "matched": _l("matched within %(days)s days"),
    "talks": _l("talks"),
    "hours": _l("hours"),
    "median": _l("median hours of a pair"),
    "confirmed": _l("confirmed by the other"),
    "under": _l("pairs under the hours asked for"),
    "at": _l("pairs at the hours asked for"),
    "over": _l("pairs over the hours asked for"),
    "one_to_one": _l("hours one to one"),
    "group": _l("hours in groups"),
    "support": _l("hours of support"),
    "rematches": _l("re-matches"),
    "trained": _l("mentors trained"),
    "trained-now": _l("of them in the period"),
    "cycles": _l("coaching cycles finished"),
}
RULES = {
    "pairs": _l("Two people who were a pair on at least one day of the period."),
    "met": _l("At least one talk with each other that counts was written down in the period."),
    "mentors": _l("The mentors of these pairs, each once, however many she mentors."),
    "matched": _l(
        "Of those who asked for a mentor in the period and got one, or have waited longer than %(days)s days: whose pair "
        "was made within %(days)s days. Who took it back, set it aside or left meanwhile is not counted. Of a programme: "
        "pairs of it, and whoever still waits, since nobody says for which programme she asks."
    ),
    "talks": _l("Talks of a mentor with one mentee or with several; several at once are one talk. Support is none."),
    "hours": _l("Minutes of talks and of the mentors’ own time, each once: a group once for all who sat in it."),
    "median": _l(
        "The middle one of all pairs, those that did not meet among them: half have less, half have more. In quarter hours."
    ),
    "confirmed": _l(
        "One wrote the talk down and the other said yes. A group asks each of its mentees; support nobody."
    ),
    "under": _l("Less than the programme asks for by the last day, in proportion to a pair’s time in it."),
    "at": _l("As much as the programme asks for by then, and not over."),
    "over": _l("More than the programme’s year counts, or than a shorter period’s share of it."),
    "one_to_one": _l("A mentor and one mentee."),
    "group": _l("A mentor and several mentees at once: counted once."),
    "support": _l("The mentor’s own time: planning, reading, travel."),
    "rematches": _l("Pairs with a wish for somebody else that a coordinator answered in the period."),
    "trained": _l(
        "Of the mentors of these pairs, those with a day on which they were trained as one, by their own word."
    ),
    "trained-now": _l("Last trained on a day of the period."),
    "cycles": _l("From a goal to its check, with a result, in the period."),
}
