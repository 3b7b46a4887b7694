"""Mentor schools: proposed, agreed by both leads, at work, ended with what came of it; read by members, written by leads."""

from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from portal.activities.counting import Span
from portal.db import db, operation
from portal.history.merging import merge_records
from portal.mail.models import OutboxMail
from portal.mentor_schools.counting import outcomes, pairs
from portal.mentor_schools.models import OrganisationPair
from portal.mentor_schools.operations import end_pair, resume_pair, take_back_pair
from portal.mentor_schools.operations_answering import decline_pair
from portal.mentor_schools.pairs import state_of
from portal.networks.models import Membership
from portal.people.exporting import everything_about
from portal.people.models import Person
from portal.people.operations_leaving import erase_person
from portal.web.errors import DomainError
from portal.web.links import act_link
from tests import cast
from tests.access.mentor_schools import proposed, running
from tests.access.support import school_id

BASE = "/n/tarn-and-tide/mentoring/schools"


def one(app) -> OrganisationPair:
    with app.app_context():
        return db.session.execute(select(OrganisationPair)).scalar_one()


def mails(app) -> list[tuple[str, str]]:
    with app.app_context():
        rows = db.session.execute(select(OutboxMail.to_name, OutboxMail.subject).order_by(OutboxMail.id))
        return [tuple(row) for row in rows]


def typed(app, **more):
    with app.app_context():
        told = {
            "mentor": school_id("Brackenhythe Academy"),
            "mentee": school_id(),
            "mentor_lead": cast.person_id("dafydd"),
            "mentee_lead": cast.person_id("tobi"),
        }
    text = {"purpose": "A robotics club", "starts_on": "2026-11-16", "ends_on": "2027-03-26"}
    return {key: str(value) for key, value in (told | text | more).items()}


def test_a_link_brings_the_purpose_along(as_, app):
    with app.app_context():
        garrick = school_id()
    page = as_("ines").get(f"{BASE}/new?mentee={garrick}&purpose=Careers+in+every+year").text
    assert 'value="Careers in every year"' in page and f'<option selected value="{garrick}">' in page


def test_both_leads_are_asked_and_each_answers_with_one_press(as_, app, client):
    answer = as_("ines").post(f"{BASE}/new", data=typed(app))
    assert answer.status_code == 303 and state_of(one(app)) == "proposed"
    assert mails(app) == [
        ("Dafydd Okonjo-Reeve", "Will you stand for Brackenhythe Academy?"),
        ("Tobi Larkhill", "Will you stand for Low Garrick School?"),
    ]
    pair = one(app)
    with app.test_request_context():
        path = urlsplit(act_link("mentorschool", cast.person_id("tobi"), pair.id)).path
    assert "A robotics club" in client.get(path).text and state_of(one(app)) == "proposed"
    for _time in range(2):
        client.post(path, data={"choice": "yes"})
    assert one(app).mentee_accepted_at and state_of(one(app)) == "proposed"
    as_("dafydd").post(f"{BASE}/{pair.id}/yes")
    assert state_of(one(app)) == "running"
    assert mails(app)[2:] == [(name, "They are mentor schools now") for name in ("Ines Quarrie", "Tobi Larkhill")]
    assert "Both have said yes." in client.get(path).text


def test_a_no_needs_no_reason_and_somebody_else_can_be_asked(as_, app, in_app):
    with in_app():
        pair_id = proposed(
            mentee_organisation_id=school_id("Withen Cross First School"), mentee_lead_id=cast.person_id("leon")
        ).id
        mairead = cast.person_id("mairead")
    as_("leon").post(f"{BASE}/{pair_id}/no")
    assert state_of(one(app)) == "declined" and mails(app)[-1][1] == "Not this time: mentor schools"
    sent = typed(app, mentee_lead=mairead, row_version=one(app).row_version)
    assert as_("ines").post(f"{BASE}/{pair_id}/edit", data=sent).status_code == 303
    assert state_of(one(app)) == "proposed" and one(app).mentee_lead_id == mairead
    assert mails(app)[-1] == ("Mairead Osei-Vance", "Will you stand for Withen Cross First School?")
    assert as_("leon").post(f"{BASE}/{pair_id}/yes").status_code == 403


def test_a_member_proposes_for_where_she_works_and_coordinators_know(as_, app):
    answer = as_("tobi").post(f"{BASE}/new", data=typed(app, mentor_lead="", mentee_lead=""))
    assert answer.status_code == 303
    pair = one(app)
    with app.app_context():
        assert pair.mentee_lead_id == cast.person_id("tobi") and pair.mentee_accepted_at
    assert pair.mentor_lead_id is None
    assert {name for name, _subject in mails(app)} == {"Ines Quarrie", "Mairead Osei-Vance"}
    page = as_("ines").get(f"{BASE}/{pair.id}").text
    assert "Nobody stands for Brackenhythe Academy yet" in page and "Name somebody" in page


def test_a_member_does_not_propose_for_others(as_, app):
    with app.app_context():
        withen = school_id("Withen Cross First School")
    answer = as_("tobi").post(f"{BASE}/new", data=typed(app, mentee=withen, mentee_lead=""))
    assert answer.status_code == 422 and "You work at neither of the two." in answer.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"mentee": "Brackenhythe Academy"}, "none is its own mentor"),
        ({"mentee": "Fenwater Secondary"}, "Choose one of this network’s list."),
        ({"ends_on": "2026-11-16"}, "is not after the start"),
        ({"purpose": ""}, "Say what for, in a line."),
        ({"mentor_lead": "tobi"}, "She does not work there"),
    ],
)
def test_what_can_not_be_a_pair_is_refused_in_words(as_, app, changed, said):
    with app.app_context():
        known = {
            key: school_id(value) if key == "mentee" else cast.person_id(value) if key == "mentor_lead" else value
            for key, value in changed.items()
        }
    answer = as_("ines").post(f"{BASE}/new", data=typed(app, **known))
    assert answer.status_code == 422 and said in answer.text


def test_the_same_two_are_one_pair_at_a_time(as_, app, in_app):
    with in_app():
        pair = running()
        end_pair(pair, cast.person_id("tobi"), date(2026, 11, 9), "met", "It runs.", date(2026, 11, 10))
        running()
        with pytest.raises(DomainError, match="a pair already"):
            resume_pair(pair, cast.person_id("tobi"))
    assert "a pair already" in as_("ines").post(f"{BASE}/new", data=typed(app)).text


def test_every_member_reads_it_and_only_leads_and_coordinators_write(as_, in_app):
    with in_app():
        pair_id = running().id
    page = as_("leon").get(f"{BASE}/{pair_id}").text
    assert "A robotics club" in page and "We met" not in page and f"{BASE}/{pair_id}/end" not in page
    assert as_("leon").get(f"{BASE}/{pair_id}/met").status_code == 403
    assert "We met" in as_("tobi").get(f"{BASE}/{pair_id}").text
    assert as_("kofi").get(f"{BASE}/{pair_id}").status_code == 404


def test_a_lead_changes_the_purpose_and_not_who_leads(as_, app, in_app):
    with in_app():
        pair_id = running().id
    sent = typed(app, purpose="A club and a fair", mentor_lead="", row_version=one(app).row_version)
    assert as_("tobi").post(f"{BASE}/{pair_id}/edit", data=sent).status_code == 303
    assert one(app).purpose == "A club and a fair" and one(app).mentor_lead_id and state_of(one(app)) == "running"
    stale = as_("dafydd").post(f"{BASE}/{pair_id}/edit", data=sent | {"purpose": "A fair"})
    assert stale.status_code == 409 and "A club and a fair" in stale.text


def test_it_ends_with_what_came_of_it_and_can_go_on_after_all(as_, app, in_app):
    with in_app():
        pair_id = running().id
    sent = {"ended_on": "2026-11-10", "result": "partly", "outcome": "The club runs.\nThe fair did not."}
    refused = as_("tobi").post(f"{BASE}/{pair_id}/end", data=sent | {"ended_on": "2026-12-01"})
    assert refused.status_code == 422 and "between its start and today" in refused.text
    page = as_("tobi").post(f"{BASE}/{pair_id}/end", data=sent, follow_redirects=True).text
    assert "Partly met" in page and "The fair did not." in page and state_of(one(app)) == "ended"
    as_("dafydd").post(f"{BASE}/{pair_id}/resume")
    assert state_of(one(app)) == "running"


def test_a_proposal_is_taken_back_with_its_links(as_, app, client, in_app):
    with in_app():
        pair_id = proposed().id
        path = urlsplit(act_link("mentorschool", cast.person_id("tobi"), pair_id)).path
    answer = as_("ines").post(f"{BASE}/{pair_id}/removal", follow_redirects=True)
    assert f"{BASE}/{pair_id}/restore" in answer.text
    assert client.get(path).status_code == 410 and as_("ines").get(f"{BASE}/{pair_id}").status_code == 404
    as_("ines").post(f"{BASE}/{pair_id}/restore")
    assert client.get(path).status_code == 200


def test_what_both_agreed_to_is_ended_and_not_declined(in_app):
    with in_app():
        pair, tobi = running(), cast.person_id("tobi")
        for verb in (decline_pair, take_back_pair):
            with pytest.raises(DomainError, match="End it instead"):
                verb(pair, tobi)


@pytest.mark.parametrize(("state", "shown"), [("", 2), ("running", 1), ("proposed", 1), ("ended", 0), ("all", 2)])
def test_the_list_is_narrowed_by_state(as_, in_app, state, shown):
    with in_app():
        running()
        proposed(mentee_organisation_id=school_id("Kestrel Lane Primary"), mentee_lead_id=None)
    sheet = as_("petra").get(f"{BASE}/?state={state}&format=csv").text.splitlines()
    assert len(sheet) == shown + 1


def test_the_page_of_a_school_names_its_mentor_school(as_, in_app):
    with in_app():
        pair_id, garrick, academy = running().id, school_id(), school_id("Brackenhythe Academy")
    assert "Helped by Brackenhythe Academy" in as_("leon").get(f"/organisations/{garrick}").text
    page = as_("leon").get(f"/organisations/{academy}").text
    assert "Helps Low Garrick School" in page and f"{BASE}/{pair_id}" in page
    assert "Helped by" not in as_("kofi").get(f"/organisations/{garrick}").text


def test_when_a_lead_leaves_coordinators_see_that_a_side_is_open(as_, app, in_app):
    with in_app():
        pair_id = running().id
        tobi = cast.person_id("tobi")
        (hers,) = everything_about(tobi)["mentor_schools"]
        assert hers["is_helped"] == "Low Garrick School"
        erase_person(tobi)
    assert one(app).mentee_lead_id is None and state_of(one(app)) == "running"
    assert "Nobody stands for it yet" in as_("ines").get(f"{BASE}/{pair_id}").text


def test_two_records_of_one_school_become_one_and_the_two_of_a_pair_never(app, in_app):
    with in_app():
        running()
        merge = operation(merge_records)
        merge("organisation", school_id("Kestrel Lane Primary"), school_id(), {}, None)
        assert one(app).mentee_organisation_id == school_id("Kestrel Lane Primary")
        with pytest.raises(DomainError, match="side by side"):
            merge("organisation", school_id("Brackenhythe Academy"), school_id("Kestrel Lane Primary"), {}, None)


def test_the_pages_ask_little_of_the_database(as_, in_app, queries):
    with in_app():
        pair_id = running().id
    ines = as_("ines")
    for path, most in ((f"{BASE}/", 8), (f"{BASE}/{pair_id}", 12), (f"{BASE}/new", 10)):
        with queries() as seen:
            assert ines.get(path).status_code == 200
        assert len(seen) <= most, (path, len(seen), seen)


def test_a_pair_that_has_not_begun_can_end_today_and_was_never_at_work(as_, app, in_app):
    with in_app():
        pair = running()
        pair.starts_on = date(2026, 12, 1)
        db.session.commit()
    sent = {"ended_on": "2026-11-10", "result": "changed"}
    assert as_("tobi").post(f"{BASE}/{pair.id}/end", data=sent).status_code == 303
    with in_app():
        span = Span((cast.network_id(),), datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 9, 1, tzinfo=UTC))
        assert not db.session.execute(pairs(span)).all() and not db.session.execute(outcomes(span)).all()


def test_the_other_lead_is_told_of_the_end_and_of_going_on_after_all(as_, app, in_app):
    with in_app():
        pair = running()
    before = len(mails(app))
    as_("tobi").post(f"{BASE}/{pair.id}/end", data={"ended_on": "2026-11-10", "result": "met"})
    as_("tobi").post(f"{BASE}/{pair.id}/resume")
    told = [subject for name, subject in mails(app)[before:] if name == "Dafydd Okonjo-Reeve"]
    assert told == ["Mentor schools: it has ended", "Mentor schools: it goes on after all"]
    assert "Tobi Larkhill" not in {name for name, _subject in mails(app)[before:]}


def test_after_a_no_only_who_said_it_is_asked_and_another_sides_new_lead_does_not_unsay_it(as_, app, client, in_app):
    with in_app():
        pair = proposed(
            mentee_organisation_id=school_id("Withen Cross First School"), mentee_lead_id=cast.person_id("leon")
        )
        dafydd, leon, mairead = map(cast.person_id, ("dafydd", "leon", "mairead"))
        decline_pair(pair, dafydd)
        path = urlsplit(act_link("mentorschool", leon, pair.id)).path
    assert "Yes, I stand for it" not in as_("leon").get(f"{BASE}/{pair.id}").text
    assert "Yes, I stand for it" in as_("dafydd").get(f"{BASE}/{pair.id}").text
    asked = client.get(path).text
    assert "The other side said that it does not fit this time." in asked and "Yes, I stand for it" not in asked
    sent = typed(app, mentee_lead=mairead, row_version=one(app).row_version)
    assert as_("ines").post(f"{BASE}/{pair.id}/edit", data=sent).status_code == 303
    assert state_of(one(app)) == "declined" and one(app).declined_by == dafydd


def test_a_form_tells_no_member_who_has_not_come_in_or_where_somebody_keeps_to_herself_that_she_works(as_, app, in_app):
    with in_app():
        pair = running()
        dafydd, leon = (db.session.get(Person, cast.person_id(who)) for who in ("dafydd", "leon"))
        dafydd.listing, leon.admitted_at = dafydd.listing | {"school": False}, None
        db.session.commit()
    tobi, ines = (as_(who).get(f"{BASE}/new").text for who in ("tobi", "ines"))
    for name in ("Dafydd Okonjo-Reeve", "Leon Farrowby"):
        assert f">{name}<" not in tobi and f">{name}<" in ines, name
    # The leads are named on the page of the two, and can be said to have been there.
    met = as_("tobi").get(f"{BASE}/{pair.id}/met").text
    assert "Dafydd Okonjo-Reeve" in met and "Dafydd Okonjo-Reeve, Brackenhythe Academy" not in met


def test_a_lead_who_has_left_the_network_is_said_to_have(as_, in_app):
    with in_app():
        pair = proposed()
        here = (Membership.person_id == cast.person_id("tobi"), Membership.ended_at.is_(None))
        db.session.execute(select(Membership).where(*here)).scalar_one().ended_at = cast.NOW
        db.session.commit()
    page = as_("ines").get(f"{BASE}/{pair.id}").text
    assert "Tobi Larkhill (has left the network) is asked for Low Garrick School" in page
    assert "Dafydd Okonjo-Reeve (has left" not in page
