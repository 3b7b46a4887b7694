"""What the hub, the university and a district ask of pairs, and who reads their totals."""

from datetime import timedelta

from sqlalchemy import select

from portal.db import db
from portal.demo.story import Story, at, read
from portal.programmes.models import Programme, TeachingFrame
from portal.programmes.operations import add_programme, name_reader
from portal.programmes.starting import rules

BEGAN = 320
TERM_BEGAN = timedelta(weeks=10)


def tell_programmes(story: Story) -> None:
    with at(story.ago(BEGAN)):
        for key, told in read("programmes").items():
            story.programmes[key] = _programme(story, told).id


def _programme(story: Story, told: dict[str, object]) -> Programme:
    """Its year begins in the month in which the running term did, so that on any day some weeks of it are told."""
    frame = db.session.execute(select(TeachingFrame.id).where(TeachingFrame.code == told.pop("frame"))).scalar_one()
    whose, readers = story.organisations[str(told.pop("whose"))], told.pop("readers")
    begins = (story.today - timedelta(days=story.today.weekday()) - TERM_BEGAN).month
    values = rules(str(told.pop("name")), organisation_id=whose, frame_id=frame, year_begins_month=begins, **told)
    made = add_programme(story.networks["tarn-and-tide"], values, story.who("ines"))
    for reader in readers if isinstance(readers, list) else ():
        name_reader(made, story.who(reader), story.who("ines"))
    return made
