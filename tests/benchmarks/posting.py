"""Posting in a conversation that five hundred follow, beside one that nobody follows, by turns in one run.

By hand: ``python -m tests.benchmarks.posting``. The two medians should be within a fifth of each other.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal import Base, create_app
from portal.config import Settings
from portal.conversations.models import TopicFollow
from portal.conversations.operations_news import tell_followers
from portal.db import db, writing
from portal.mail.models import OutboxMail
from portal.networks.models import Membership
from portal.people.models import EmailAddress, Person
from portal.people.operations_sessions import start_session
from tests import cast
from tests.conftest import prepare_search
from tests.conversations.talking import ROOM, topic

FOLLOWERS, POSTS, WARM = 500, 100, 20


@contextmanager
def portal_with_a_crowd() -> Iterator[tuple[Flask, FlaskClient, list[int]]]:
    """A portal in a folder of its own, Leon's browser, and the two conversations."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings(), instance=Path(folder), environment="development", secure_cookies=False)
        app = create_app(settings, testing=True)
        app.config["WTF_CSRF_ENABLED"] = False
        with app.test_request_context():
            Base.metadata.create_all(db.engine)
            prepare_search(app)
            with writing():
                cast.make_cast()
            with writing():
                talks = [topic(title="Nobody follows"), topic(title="Many follow")]
                follow(talks[1])
                token = start_session(cast.person_id("leon"), timedelta(hours=8), False, "a benchmark")
        browser = app.test_client()
        with browser.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
        yield app, browser, talks


def follow(topic_id: int) -> None:
    made = {"sort_name": "M", "listing": {}, "created_at": cast.LONG_AGO, "admitted_at": cast.LONG_AGO}
    people = [Person(name=f"Member {count}", **made) for count in range(FOLLOWERS)]
    db.session.add_all(people)
    db.session.flush()
    network = cast.network_id()
    for person in people:
        address = f"m{person.id}@crowd.example"
        member = Membership(network_id=network, person_id=person.id, role="member", started_at=cast.LONG_AGO)
        written_to = EmailAddress(person_id=person.id, address=address, folded=address, is_primary=True)
        db.session.add_all([member, written_to])
        db.session.add(TopicFollow(topic_id=topic_id, person_id=person.id, since=cast.LONG_AGO))
    db.session.commit()


def main() -> None:
    with portal_with_a_crowd() as (app, browser, talks):
        times: list[list[float]] = [[], []]
        for turn in range(2 * (WARM + POSTS)):
            began = time.perf_counter()
            answer = browser.post(f"{ROOM}{talks[turn % 2]}/replies", data={"body": "Yes, from the balcony."})
            assert answer.status_code == 303
            if turn >= 2 * WARM:
                times[turn % 2].append(time.perf_counter() - began)
        alone, many = (statistics.median(one) * 1000 for one in times)
        print(f"posting: nobody follows {alone:.1f} ms, {FOLLOWERS} follow {many:.1f} ms, ratio {many / alone:.2f}")
        with app.app_context():
            began = time.perf_counter()
            while tell_followers():
                pass
            seconds = time.perf_counter() - began
            mails = db.session.execute(select(func.count()).select_from(OutboxMail)).scalar_one()
        print(f"telling them: {mails} mails in {seconds:.1f} s, in the worker")


if __name__ == "__main__":
    main()
