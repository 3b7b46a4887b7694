"""Coming, changing part, pausing, leaving: the network keeps a coordinator, and history keeps each role."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.db import db
from portal.history.queries import lines_of_network, told
from portal.networks.models import Membership
from portal.networks.operations_membership import change_role, join, leave, put_back, remove_member
from portal.networks.queries_members import current_membership, role_history
from portal.web import clock
from portal.web.errors import DomainError, NotHere
from tests import cast

HERE = "/n/tarn-and-tide"


def role_of(key):
    return current_membership(cast.network_id(), cast.person_id(key)).role


def sentences():
    return [line.sentence for line in told(list(db.session.execute(lines_of_network(cast.network_id()))))]


def test_a_new_role_ends_one_row_and_starts_another(in_app):
    with in_app():
        change_role(cast.network_id(), cast.person_id("tobi"), "mentor", cast.person_id("ines"))
        newest, older = role_history(cast.network_id(), cast.person_id("tobi"))
        assert (newest.role, newest.ended_at) == ("mentor", None)
        assert (older.role, older.ended_at) == ("member", cast.NOW)
        assert "Ines Quarrie made Tobi Larkhill a mentor" in sentences()


def test_the_last_coordinator_cannot_step_down_or_leave(in_app):
    with in_app():
        network, ines = cast.network_id(), cast.person_id("ines")
        leave(network, cast.person_id("mairead"))
        for act in (
            lambda: leave(network, ines),
            lambda: change_role(network, ines, "member", ines),
            lambda: remove_member(network, ines, ines),
        ):
            with pytest.raises(DomainError, match="Make somebody else a coordinator first"):
                act()
        assert role_of("ines") == "coordinator"


def test_with_a_successor_a_coordinator_steps_down(in_app):
    with in_app():
        ines = cast.person_id("ines")
        change_role(cast.network_id(), ines, "member", ines)
        assert role_of("ines") == "member"
        assert "Ines Quarrie stepped down as a coordinator" in sentences()


def test_a_coordinator_who_never_came_in_is_no_successor(in_app):
    with in_app():
        network = cast.network_id("fell-and-furrow")
        from portal.networks.operations_known import known_person

        ghost = known_person("Not Here Yet", "ghost@x.example", "import", None)
        join(network, ghost.id, "coordinator", "import", None)
        with pytest.raises(DomainError):
            leave(network, cast.person_id("bryony"))


def test_the_last_coordinator_is_told_in_words_on_the_page(in_app, as_):
    with in_app():
        leave(cast.network_id(), cast.person_id("mairead"))
    answer = as_("ines").post(f"{HERE}/leave", data={"sure": "y"})
    assert answer.status_code == 422
    assert "A network needs a coordinator" in answer.text


def test_leaving_asks_first_and_then_the_network_is_gone(as_):
    tobi = as_("tobi")
    assert "What stays" in tobi.get(f"{HERE}/leave").text
    assert tobi.post(f"{HERE}/leave").status_code == 422
    assert tobi.post(f"{HERE}/leave", data={"sure": "y"}).status_code == 303
    assert tobi.get(f"{HERE}/").status_code == 404


def test_a_pause_and_coming_back(in_app, as_):
    tobi = as_("tobi")
    tobi.post(f"{HERE}/pause")
    with in_app():
        assert current_membership(cast.network_id(), cast.person_id("tobi")).paused_at == cast.NOW
    assert "Away for a while" in as_("ines").get(f"{HERE}/members").text
    tobi.post(f"{HERE}/come-back")
    with in_app():
        assert current_membership(cast.network_id(), cast.person_id("tobi")).paused_at is None


def test_a_removal_can_be_undone_to_the_very_row(in_app):
    with in_app():
        network, tobi, ines = cast.network_id(), cast.person_id("tobi"), cast.person_id("ines")
        before = current_membership(network, tobi).id
        ended = remove_member(network, tobi, ines)
        assert current_membership(network, tobi) is None
        put_back(network, ended, ines)
        assert current_membership(network, tobi).id == before == ended


def test_who_left_by_herself_is_not_put_back(in_app):
    with in_app():
        network, tobi, ines = cast.network_id(), cast.person_id("tobi"), cast.person_id("ines")
        row = current_membership(network, tobi).id
        leave(network, tobi)
        with pytest.raises(NotHere):
            put_back(network, row, ines)


def test_an_earlier_part_is_not_put_back_in_place_of_the_last_one(in_app):
    with in_app():
        network, mairead, ines = cast.network_id(), cast.person_id("mairead"), cast.person_id("ines")
        as_coordinator = current_membership(network, mairead).id
        change_role(network, mairead, "observer", ines)
        remove_member(network, mairead, ines)
        with pytest.raises(NotHere):
            put_back(network, as_coordinator, ines)


def test_a_removal_is_undone_for_a_week_only(in_app):
    with in_app():
        network, ines = cast.network_id(), cast.person_id("ines")
        row = remove_member(network, cast.person_id("tobi"), ines)
        clock.freeze(cast.NOW + timedelta(days=8))
        with pytest.raises(NotHere):
            put_back(network, row, ines)


def test_nothing_is_put_back_from_another_network(in_app):
    with in_app():
        ended = remove_member(cast.network_id("fell-and-furrow"), cast.person_id("kofi"), cast.person_id("bryony"))
        with pytest.raises(NotHere):
            put_back(cast.network_id(), ended, cast.person_id("ines"))


def test_removing_asks_first_and_offers_to_undo(in_app, as_):
    ines = as_("ines")
    with in_app():
        leon = cast.person_id("leon")
    assert ines.post(f"{HERE}/members/{leon}/remove").status_code == 422
    answer = ines.post(f"{HERE}/members/{leon}/remove", data={"sure": "y"}, follow_redirects=True)
    assert "no longer on the list" in answer.text and "put-back" in answer.text


def test_only_coordinators_give_roles(in_app, as_):
    with in_app():
        leon = cast.person_id("leon")
    assert as_("tobi").post(f"{HERE}/members/{leon}/role", data={"role": "coordinator"}).status_code == 403
    assert as_("ines").post(f"{HERE}/members/{leon}/role", data={"role": "king"}).status_code == 422
    assert as_("ines").post(f"{HERE}/members/{leon}/role", data={"role": "mentor"}).status_code == 303
    with in_app():
        assert role_of("leon") == "mentor"


def test_an_import_never_takes_back_that_somebody_left(in_app):
    from portal.networks.operations import add_imported_member

    with in_app():
        network, tobi, hana = cast.network_id(), cast.person_id("tobi"), cast.person_id("hana")
        leave(network, tobi)
        add_imported_member(network, tobi, None)
        assert current_membership(network, tobi) is None
        add_imported_member(network, hana, cast.person_id("ines"))
        add_imported_member(network, hana, cast.person_id("ines"))
        rows = db.session.execute(select(Membership).where(Membership.person_id == hana)).scalars().all()
        assert [(row.role, row.how) for row in rows] == [("member", "import")]
