"""How a pair stands, in words: how long two have not met, kindly; hours against a rule."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from portal.mentoring.standing import Against
from portal.web import dates

A_WEEK = 7
# Up to twelve a number is a word.
WEEKS_AGO = {
    2: _l("two weeks ago"),
    3: _l("three weeks ago"),
    4: _l("four weeks ago"),
    5: _l("five weeks ago"),
    6: _l("six weeks ago"),
    7: _l("seven weeks ago"),
    8: _l("eight weeks ago"),
    9: _l("nine weeks ago"),
    10: _l("ten weeks ago"),
    11: _l("eleven weeks ago"),
    12: _l("twelve weeks ago"),
}


def weeks_ago(days: int) -> str:
    weeks = days // A_WEEK
    if weeks in WEEKS_AGO:
        return str(WEEKS_AGO[weeks])
    return (
        ngettext("a week ago", "%(num)s weeks ago", weeks) if weeks else ngettext("yesterday", "%(num)s days ago", days)
    )


def kindly(name: str, last_on: date | None, silent: int | None) -> str:
    """For the mentor alone, once it is quiet for longer than the rule: never a reproach, always the smallest next step."""
    if silent is None:
        return ""
    if last_on is None:
        return _("You and %(name)s have not met yet. Ten minutes by phone are a beginning.", name=name)
    ago = weeks_ago(silent)
    return _("You and %(name)s last met %(ago)s. A line by mail counts too.", name=name, ago=ago)


def hours_words(one: Against) -> str:
    """ "12 h 10 min of 75 hours"; without a rule for an amount the time alone. What is asked is rounded down to quarters."""
    done = dates.minutes(one.minutes)
    asked = one.target.minutes_in_all or one.target.minutes_most
    return _("%(done)s of %(target)s hours", done=done, target=dates.hours(asked)) if asked else done


def standing_words(one: Against) -> str:
    """Where it stands for today's date: behind, as it should be, over."""
    least, most = one.target.minutes_least, one.target.minutes_most
    if one.standing == "over":
        return _("More than the %(most)s hours that count", most=dates.hours(most))
    if least is None:
        return ""
    if one.standing == "under":
        # To the minute, as what was done is told: in quarters, 3 h 5 min would be behind 3 hours.
        return _("Behind: %(least)s were due by today", least=dates.minutes(least))
    return _("On time: %(least)s hours were due by today", least=dates.hours(least))


def listed(one: Against) -> str:
    """A programme's line in a coordinator's table: what was due stands there only where it is missing."""
    if one.standing == "under" and one.target.minutes_least is not None:
        done, least = dates.minutes(one.minutes), dates.minutes(one.target.minutes_least)
        return _("%(name)s: %(done)s of %(least)s due", name=one.programme.name, done=done, least=least)
    return _("%(name)s: %(hours)s", name=one.programme.name, hours=hours_words(one))


def target_of(one: Against) -> int | None:
    """What a bar is drawn against, in minutes."""
    return one.target.minutes_in_all or one.target.minutes_most
