"""What a district and a preparation programme ask of some pairs, who reads their totals, and a month that somebody asks for."""

from datetime import date, timedelta

from sqlalchemy import select

from portal.db import db
from portal.demo.story import TIME_ZONE, Story, at, read
from portal.mentoring.models import Pairing
from portal.mentoring.months import month_of
from portal.mentoring.operations_months import ask_month
from portal.mentoring.operations_programmes import join_programme
from portal.mentoring.pair_months import month_before
from portal.mentoring.spans import spans_of
from portal.programmes.models import Programme, TeachingFrame
from portal.programmes.operations import add_programme, name_reader
from portal.programmes.starting import rules

BEGAN = 320


def tell_programmes(story: Story) -> None:
    told = read("programmes")
    with at(story.ago(BEGAN)):
        programmes = {key: _programme(story, dict(one)) for key, one in told["programme"].items()}
    for pair in told["pair"]:
        _join(story, pair, programmes)
    with at(story.ago(3, "17:20")):
        _ask(story, told["asks"])


def _programme(story: Story, told: dict[str, object]) -> Programme:
    frame = db.session.execute(select(TeachingFrame.id).where(TeachingFrame.code == told.pop("frame"))).scalar_one()
    whose, readers = story.organisations[str(told.pop("whose"))], told.pop("readers")
    values = rules(str(told.pop("name")), organisation_id=whose, frame_id=frame, **told)
    made = add_programme(story.networks["tarn-and-tide"], values, story.who("ines"))
    for reader in readers if isinstance(readers, list) else ():
        name_reader(made, story.who(reader), story.who("ines"))
    return made


def _join(story: Story, told: dict[str, str | list[str]], programmes: dict[str, Programme]) -> None:
    pairing = _pair(story, told)
    for key in told["in"]:
        with at(story.ago(2)):
            spans = spans_of([], story.today, TIME_ZONE)
            join_programme(pairing, programmes[key], story.who("ines"), pairing.started_on, True, spans)


def _ask(story: Story, told: dict[str, str]) -> None:
    """The month before the last one closed on the fifteenth: a talk is missing in it."""
    ask_month(_pair(story, told), _closed_month(story.today), story.who(told["by"]), story.today)


def _closed_month(today: date) -> date:
    return month_before(month_before(month_of(today - timedelta(days=3))))


def _pair(story: Story, told: dict[str, str] | dict[str, str | list[str]]) -> Pairing:
    mentor, mentee = story.who(str(told["mentor"])), story.who(str(told["mentee"]))
    return db.session.execute(
        select(Pairing).where(Pairing.mentor_id == mentor, Pairing.mentee_id == mentee)
    ).scalar_one()
