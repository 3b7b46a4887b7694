"""Two at the same moment: writers come one after the other, and the second sees what the first did."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select

from portal.db import db, writing
from portal.lending.models import Loan
from portal.lending.operations_asking import approve_loan
from portal.lending.operations_steps import hand_over
from portal.web.errors import DomainError
from tests import cast
from tests.kit.kits import make_kit
from tests.lending.loans import START, TODAY, ask, booked, noon_of


def at_once(app, *verbs):
    """Each in a thread and a transaction of its own, begun together; what each was told ('' when it worked)."""
    together = Barrier(len(verbs))

    def run(verb):
        with app.test_request_context():
            together.wait()
            with writing():
                try:
                    verb()
                    return ""
                except DomainError as refusal:
                    return refusal.sentence

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(run, verbs))


def test_two_coordinators_approve_overlapping_loans_and_one_is_told(app, in_app):
    with in_app():
        kit = make_kit()
        first, second = ask(kit), ask(kit, "dafydd")
        ines, mairead = cast.person_id("ines"), cast.person_id("mairead")
    told = at_once(app, lambda: approve_loan(ines, first, TODAY), lambda: approve_loan(mairead, second, TODAY))
    assert sorted(bool(one) for one in told) == [False, True]
    assert "has it until" in max(told)
    with app.app_context():
        states = [one.state for one in db.session.execute(select(Loan).order_by(Loan.id)).scalars()]
    assert sorted(states) == ["approved", "requested"]


def test_one_box_is_handed_over_once(app, in_app):
    with in_app():
        kit = make_kit(turn_round_days=0)
        early = START.replace(day=16)
        first, second = booked(kit, start=early, end=early.replace(day=20)), booked(kit, "dafydd")
        ines = cast.person_id("ines")
        noon_of(START)
    told = at_once(app, lambda: hand_over(ines, first, {}), lambda: hand_over(ines, second, {}))
    assert sorted(bool(one) for one in told) == [False, True]
    assert "still out to somebody else" in max(told)
