"""Walk-ins are not counted twice: whoever is on the list is pointed to, and two of one name can still be two."""

from sqlalchemy import select

from portal.db import db
from portal.people.models import Affiliation, Person
from tests.attendance.sheets import Evening

LEON = {"name": "Leon Farrowby", "school": "Withen Cross First School", "address": "", "capacity": "participant"}


def test_somebody_on_the_list_is_pointed_to(as_, in_app):
    evening = Evening(in_app, "leon")
    answer = as_("ines").post(f"{evening.url}/walk-in", data=LEON)
    assert answer.status_code == 422 and evening.minutes() == {}
    assert "Leon Farrowby of Withen Cross First School is on the list already" in answer.text
    assert "Somebody else of the same name" in answer.text and 'value="Leon Farrowby"' in answer.text
    assert f"{evening.url}#person-" in answer.text


def test_somebody_else_of_the_same_name_becomes_another_person(as_, in_app):
    evening = Evening(in_app, "leon")
    assert as_("ines").post(f"{evening.url}/walk-in", data=LEON | {"is_another": "y"}).status_code == 303
    with in_app():
        leons = db.session.execute(select(Person.id).where(Person.name == "Leon Farrowby")).scalars().all()
        schools = select(Affiliation.organisation_id).where(Affiliation.person_id.in_(leons)).distinct()
        assert len(leons) == 2 and len(db.session.execute(schools).all()) == 1


def test_an_address_belongs_to_one_person(as_, in_app):
    evening = Evening(in_app, "tobi")
    data = {"name": "Priya Wexcombe", "address": "tobi@tarn-and-tide.example", "capacity": "participant"}
    answer = as_("ines").post(f"{evening.url}/walk-in", data=data | {"is_another": "y"})
    assert answer.status_code == 422 and "the address of Tobi Larkhill" in answer.text and evening.minutes() == {}


def test_the_export_says_when_how_and_by_whom(as_, in_app):
    evening = Evening(in_app, "tobi", "leon")
    evening.signs_in("leon", after=5, left=65)
    ines = as_("ines")
    evening.tick(ines, "tobi", "part", "17:10", "18:00")
    rows = {line.split(",")[0]: line.split(",") for line in ines.get(f"{evening.url}?format=csv").text.splitlines()}
    assert rows["Tobi Larkhill"][3:9] == ["50", "17:10", "18:00", "yes", "coordinator", "Ines Quarrie"]
    assert rows["Leon Farrowby"][3:9] == ["60", "17:05", "18:05", "yes", "room code", "Leon Farrowby"]
