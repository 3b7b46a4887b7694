"""What stands on the page of all pieces: one form in each state, a list, a week and a month that never change."""

import calendar
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields import choices
from wtforms.validators import DataRequired, Optional

from portal.web.charts import bar_pairs
from portal.web.charts_pairs import Pair
from portal.web.choices import Boxes
from portal.web.forms import Form

DAY = date(2026, 11, 19)
TODAY = date(2026, 11, 10)
TERMS = [Pair("Spring 26", (117, 70)), Pair("Summer 26", (84, 55)), Pair("Autumn 26", (112, 67), True)]


def options(**labels: str) -> list[Any]:
    return [choices.SelectChoice(value, label) for value, label in labels.items()]  # type: ignore[attr-defined]


class EveryField(Form):
    """One field of each kind."""

    place = StringField("Where the box lives", [DataRequired()])
    days = StringField("Loan, in days")
    phase = SelectField("Phase", choices=options(p="Primary", s="Secondary"))
    starts = TimeField("Starts")
    date = DateField("Date")
    training = BooleanField("Training first")
    how = RadioField("Collected by", choices=options(a="The borrower", b="A courier"))
    ages = Boxes("Ages", choices=options(younger="Years 3 to 6", older="Years 7 to 9"))
    came = RadioField("Came", choices=options(h="Here", p="Part", n="Not here"))
    picture = FileField("A picture", [Optional()])
    story = TextAreaField("What makes you say so?", [Optional()])


class Sentences(Form):
    sentence = StringField("Your sentence to them")
    parked = StringField("Where we parked")
    note = TextAreaField("A note to myself")


class Reply(Form):
    text = TextAreaField("Your reply")


def sample() -> dict[str, Any]:
    """Everything that ``dev/pieces.html`` shows."""
    typed = {
        "place": "Prep room 2",
        "days": "a fortnight",
        "training": True,
        "how": "a",
        "came": "h",
        "ages": ["older"],
    }
    form = EveryField(formdata=None, data={**typed, "came": "h"})
    form.days.errors = ["Type a number from 1 to 90."]
    return {
        "form": form,
        "other": Sentences(formdata=None),
        "reply": Reply(formdata=None),
        "listing": _listing(),
        "sample_day": DAY,
        "sample_moment": datetime(2026, 11, 8, 14, 2, tzinfo=UTC),
        "sample_week": _week(),
        "sample_month": _month(),
        "sample_chart": bar_pairs(
            TERMS, ("attendances", "different people"), "Attendances and different people, by term"
        ),
    }


def _listing() -> SimpleNamespace:
    return SimpleNamespace(
        page=2,
        pages=3,
        total=38,
        first=13,
        last=24,
        url_for_page=lambda number: f"?page={number}",
        sorts=[("seen", "Longest unseen first", "?sort=seen", True), ("name", "By name", "?sort=name", False)],
        export_urls={"csv": "?format=csv", "xlsx": "?format=xlsx"},
    )


def _week() -> list[dict[str, Any]]:
    def item(code: str, lead: str, text: str, note: str = "") -> dict[str, str]:
        return {"code": code, "key": code.lower(), "lead": lead, "text": text, "url": "#", "note": note}

    late, meeting = item("Ki", "Late", "Box 3 was due back"), item("Me", "3:45", "Tobi and Dafydd meet")
    clinic = item("Ev", "5:00", "Micro:bit clinic, online", "23 booked")
    days = {9: [late], 10: [meeting], 12: [clinic]}
    return [
        {"date": date(2026, 11, day), "is_today": day == TODAY.day, "items": days.get(day, [])} for day in range(9, 14)
    ]


def _month() -> list[list[dict[str, Any] | None]]:
    def cell(day: int) -> dict[str, Any] | None:
        url = "#" if day in (10, 12, 19, 25) else None
        return {"day": day, "label": f"{day} November 2026", "url": url, "is_today": day == 10, "is_mine": day == 12}

    return [[cell(day) if day else None for day in week] for week in calendar.monthcalendar(2026, 11)]
