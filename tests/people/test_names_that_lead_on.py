"""Who puts an event on, and who made a pack, is a link for whoever may open her page; on a public page it is a name."""

import pytest
from sqlalchemy import select

from portal.db import db
from portal.networks.models import Membership
from portal.people.models import Person
from portal.people.queries import level_of
from portal.people.reach import open_to
from portal.web.errors import NotHere
from tests import cast
from tests.events import planned
from tests.resources.packs import make_pack

NETWORK, PUBLIC = "/n/tarn-and-tide", "/p/tarn-and-tide"


def page_of(who):
    return f'href="/people/{cast.person_id(who)}"'


def left(who):
    here = select(Membership).where(Membership.person_id == cast.person_id(who))
    db.session.execute(here).scalar_one().ended_at = cast.NOW
    db.session.commit()


def test_put_on_by_leads_to_the_person_and_for_everybody_it_is_a_name(as_, client, in_app):
    with in_app():
        event, link = planned.event(), page_of("ines")
        path, public = f"{NETWORK}/events/{event.id}", f"{PUBLIC}/events/{event.id}"
    assert link in as_("tobi").get(path).text
    page = client.get(public).text
    assert "Ines Quarrie" in page and "/people/" not in page
    assert "/people/" not in as_("tobi").get(public).text.split("Put on by")[1].split("</dd>")[0]
    with in_app():
        left("ines")
    page = as_("tobi").get(path).text
    assert "Ines Quarrie" in page and link not in page


def test_by_leads_to_who_keeps_the_pack_where_she_is_its_author(as_, client, in_app):
    with in_app():
        mine, theirs, link = make_pack("tobi", public=True), make_pack("tobi", author="Two of us"), page_of("tobi")
    fact = as_("leon").get(f"{NETWORK}/resources/{mine}").text.split("<dt>By</dt>")[1].split("</dd>")[0]
    assert link in fact and "Tobi Larkhill" in fact
    fact = as_("leon").get(f"{NETWORK}/resources/{theirs}").text.split("<dt>By</dt>")[1].split("</dd>")[0]
    assert "Two of us" in fact and "href" not in fact
    page = client.get(f"{PUBLIC}/packs/{mine}").text
    assert "Tobi Larkhill" in page and "/people/" not in page
    with in_app():
        left("tobi")
    fact = as_("leon").get(f"{NETWORK}/resources/{mine}").text.split("<dt>By</dt>")[1].split("</dd>")[0]
    assert "Tobi Larkhill" in fact and "href" not in fact


@pytest.mark.parametrize("reader", ["ines", "tobi", "petra", "kofi", "bryony", "ravi", "hana"])
def test_a_link_is_drawn_where_the_page_opens_and_nowhere_else(in_app, reader):
    """The same rule twice: once asked of the database beside other things, once by the door itself."""
    with in_app():
        db.session.execute(select(Person).where(Person.id == cast.person_id("leon"))).scalar_one().admitted_at = None
        db.session.commit()
        me = cast.person_id(reader)
        linked = set(db.session.execute(select(Person.id).where(open_to(me))).scalars())
        opens = set()
        for person_id in db.session.execute(select(Person.id)).scalars().all():
            try:
                level_of(person_id, me)
            except NotHere:
                continue
            opens.add(person_id)
        assert linked == opens and me in linked
