"""``flask demo``: fill an empty database with the invented region, or with a nation for benchmarks."""

import sys
import time
from datetime import date, datetime

import click
from sqlalchemy import select, update

from portal.credit.models import Certificate
from portal.db import db, operation, writing
from portal.demo.ground import lay_ground
from portal.demo.national import make_nation
from portal.demo.story import TIME_ZONE, Story
from portal.demo.told_afterwards import tell_afterwards
from portal.demo.told_coaching import tell_coaching
from portal.demo.told_evaluations import tell_evaluations
from portal.demo.told_events import tell_events
from portal.demo.told_handing import tell_handing
from portal.demo.told_lending import tell_lending
from portal.demo.told_looks import tell_looks
from portal.demo.told_matching import tell_matching, tell_offers
from portal.demo.told_mentoring import tell_mentoring
from portal.demo.told_milestones import tell_milestones
from portal.demo.told_packs import tell_packs, tell_retired_packs
from portal.demo.told_programmes import tell_programmes
from portal.demo.told_schools import tell_schools
from portal.demo.told_talk import tell_conversations
from portal.demo.told_toolkits import tell_toolkits
from portal.mail.models import OutboxMail
from portal.networks.queries import region
from portal.people.models import EmailAddress
from portal.web import clock

COORDINATOR = "ines@tarn-and-tide.example"


@click.command()
@click.option("--scale", type=click.Choice(["region", "national"]), default="region", help="How much of it.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that the story is told on.")
@click.option("--if-empty", is_flag=True, help="Leave a database that has a region as it is, without complaint.")
def demo(scale: str, today: datetime | None, if_empty: bool) -> None:
    """Fill an EMPTY database with an invented region (or a nation). Exit code 1 when the database is not empty."""
    if region() is not None and if_empty:
        if _is_told():
            _say_who()
        return
    if region() is not None:
        click.echo("This database has a region already. The demo only goes into an empty one.", err=True)
        sys.exit(1)
    started = time.monotonic()
    if scale == "national":
        make_nation()
    else:
        tell_story(today.date() if today else clock.today(TIME_ZONE))
    click.echo(f"The {scale} demo is in the database, after {time.monotonic() - started:.1f} seconds.")
    _say_who()


def _is_told() -> bool:
    """Whether the region in the database is the invented one."""
    return db.session.scalar(select(EmailAddress.id).where(EmailAddress.folded == COORDINATOR)) is not None


def _say_who() -> None:
    click.echo(f"Come in as {COORDINATOR} (coordinator), tobi@… (member), dafydd@… (mentor), ravi@… (administrator).")


def tell_story(today: date) -> Story:
    """The whole region, from its first day to ``today``: until this minute, or that day's five past two."""
    is_now = today == clock.today(TIME_ZONE)
    story = Story(today, clock.now().replace(second=0, microsecond=0) if is_now else Story.moment(today, "14:05"))
    with writing():
        lay_ground(story)
        tell_events(story)
        tell_evaluations(story)
        tell_afterwards(story)
        tell_packs(story)
        tell_looks(story)
        tell_toolkits(story)
        tell_retired_packs(story)
        tell_lending(story)
        tell_conversations(story)
        tell_programmes(story)
        tell_offers(story)
        tell_mentoring(story)
        tell_coaching(story)
        tell_milestones(story)
        tell_matching(story)
        tell_handing(story)
        tell_schools(story)
        _nothing_goes_out()
    return story


@operation
def _nothing_goes_out() -> None:
    """The story's mails count as sent when they were written: nobody in it exists.

    Certificates count as told of; only their papers are left to the worker, which makes them in its first rounds.
    """
    db.session.execute(update(OutboxMail).values(sent_at=OutboxMail.queued_at, attempts=1))
    db.session.execute(update(Certificate).values(told_at=Certificate.issued_at))
