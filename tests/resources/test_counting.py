"""What reports say of packs: each figure is worked out from the rows that it opens."""

from datetime import UTC, date, datetime

import pytest

from portal.activities import counting
from portal.activities.counting import Span
from portal.activities.uses import UseTold
from portal.db import db
from portal.resources.counting import GAPS, RULES, pack_uses, packs_shared
from portal.resources.operations_states import delete_pack
from portal.resources.operations_uses import record_use, withdraw_use
from tests import cast
from tests.resources.packs import make_pack

TODAY = date(2026, 11, 10)


@pytest.fixture
def told(in_app):
    """Three uses of one pack: with students, without, and one that was taken back. Another pack is a draft."""
    with in_app():
        tobi, network, pack = cast.person_id("tobi"), cast.network_id(), make_pack()
        make_pack(shared=False)
        make_pack("kofi", network="fell-and-furrow")
        record_use(tobi, network, pack, UseTold(date(2026, 11, 9), 2, 54), TODAY)
        record_use(tobi, network, pack, UseTold(date(2026, 9, 1), 1, None), TODAY)
        gone = record_use(tobi, network, pack, UseTold(date(2026, 11, 9), 1, 20), TODAY)
        withdraw_use(tobi, pack, gone)
        return pack


def autumn():
    return Span((cast.network_id(),), datetime(2026, 8, 31, 23, tzinfo=UTC), datetime(2026, 12, 19, tzinfo=UTC))


def figures(span):
    return counting.figures((*RULES, *GAPS), span)


def test_each_rule_counts_its_rows(in_app, told):
    with in_app():
        assert figures(autumn()) == {
            "packs-shared": 1,
            "packs-adapted": 0,
            "packs-recommended": 0,
            "pack-uses": 2,
            "pack-reuse": 0,
            "students-in-class": 54,
            "uses-without-students": 1,
        }
        assert [row.what for row in db.session.execute(pack_uses(autumn()))] == ["Paper bridges", "Paper bridges"]


def test_a_lesson_on_the_first_day_of_a_term_in_summer_time_counts(in_app, told):
    with in_app():
        september = Span(
            (cast.network_id(),), datetime(2026, 8, 31, 23, tzinfo=UTC), datetime(2026, 9, 1, 23, tzinfo=UTC)
        )
        assert figures(september)["pack-uses"] == 1
        august = Span(
            (cast.network_id(),), datetime(2026, 7, 31, 23, tzinfo=UTC), datetime(2026, 8, 31, 23, tzinfo=UTC)
        )
        assert figures(august)["pack-uses"] == 0


def test_a_deleted_pack_is_no_longer_counted_as_shared(in_app, told):
    with in_app():
        delete_pack(cast.person_id("tobi"), told)
        assert db.session.execute(packs_shared(autumn())).all() == []


def test_every_rule_has_a_heading_for_what_it_shows(in_app, told):
    with in_app():
        for rule in (*RULES, *GAPS):
            shown = {column.key for column in rule.rows(autumn()).selected_columns if not column.key.endswith("_id")}
            assert shown == set(rule.headings), rule.key
