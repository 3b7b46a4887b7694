"""Public packs: a list that is searched, a page that people and machines read, a licence plainly said."""

import re
from html.parser import HTMLParser

import pytest

from portal.activities.uses import UseTold
from portal.resources.licences import licence_url
from portal.resources.operations import adapt_pack
from portal.resources.operations_states import share_pack
from portal.resources.operations_uses import record_use
from portal.standards.importing import StandardsImporter
from portal.web.importing import run
from portal.web.tables import read_pasted
from tests import cast
from tests.resources.packs import make_pack

LIST = "/p/tarn-and-tide/packs"


class Items(HTMLParser):
    """Microdata as a search engine reads it: each item a dict of lists, nested where it is."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.top: list[dict] = []
        self.open: list[tuple[str, dict]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        value = held.get("content") or held.get("href") or ""
        if "itemscope" in held:
            item = {"type": held["itemtype"], "id": held.get("itemid")}
            if self.open and "itemprop" in held:
                self.open[-1][1].setdefault(held["itemprop"], []).append(item)
            else:
                self.top.append(item)
            self.open.append((tag, item))
        elif "itemprop" in held:
            self.open[-1][1].setdefault(held["itemprop"], []).append(value)

    def handle_endtag(self, tag):
        if self.open and self.open[-1][0] == tag:
            self.open.pop()


@pytest.fixture
def pack(in_app) -> int:
    with in_app():
        sheet = read_pasted("code,statement\nMS-PS2-1,Apply the third law")
        run(StandardsImporter("NGSS"), sheet, {"code": "code", "statement": "statement"})
        return make_pack(public=True, standards=("MS-PS2-1", "KS3 forces"))


def test_machines_read_what_people_read(client, pack):
    page = client.get(f"{LIST}/{pack}").text
    (found,) = Items(page).top
    assert found["type"] == "https://schema.org/LearningResource"
    told = {name: value[0] for name, value in found.items() if isinstance(value, list)}
    assert told["name"] == "Paper bridges" and told["description"] == "Three beam shapes, one bag of sugar."
    assert told["author"]["name"] == ["Tobi Larkhill"]
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert (told["timeRequired"], told["inLanguage"], told["version"]) == ("PT50M", "en", "1")
    assert told["educationalLevel"] == "Secondary" and told["about"] == "Physics"
    assert told["learningResourceType"] == "lesson plan" and told["dateModified"] == "2026-11-10"
    known, unknown = found["educationalAlignment"]
    assert known["targetName"] == ["MS-PS2-1"] and known["educationalFramework"] == ["NGSS"]
    assert known["targetDescription"] == ["Apply the third law"] and unknown["targetName"] == ["KS3 forces"]


def test_the_licence_is_a_link_that_machines_know(client, as_, pack):
    for browser, where in ((client, f"{LIST}/{pack}"), (as_("petra"), f"/n/tarn-and-tide/resources/{pack}")):
        assert (
            'rel="license noopener noreferrer" href="https://creativecommons.org/licenses/by/4.0/"'
            in browser.get(where).text
        )
    assert (
        '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">' in client.get(f"{LIST}/{pack}").text
    )


def test_a_chat_that_shows_the_link_knows_what_it_is(client, pack):
    page = client.get(f"{LIST}/{pack}").text
    told = dict(re.findall(r'<meta property="(og:[a-z_]+)" content="([^"]*)">', page))
    assert told["og:title"] == "Paper bridges" and told["og:site_name"] == "Tarn and Tide STEM Network"
    assert told["og:url"].endswith(f"{LIST}/{pack}") and f'<link rel="canonical" href="{told["og:url"]}">' in page


def test_what_it_is_based_on_is_named_and_linked_where_that_is_public_too(in_app, client, pack):
    with in_app():
        copy = adapt_pack(cast.person_id("dafydd"), pack)
        share_pack(cast.person_id("dafydd"), copy, True)
        hidden = adapt_pack(cast.person_id("dafydd"), make_pack(title="For members"))
        share_pack(cast.person_id("dafydd"), hidden, True)
    based = Items(client.get(f"{LIST}/{copy}").text).top[0]["isBasedOn"][0]
    assert based["name"] == ["Paper bridges"] and based["id"].endswith(f"{LIST}/{pack}")
    page = client.get(f"{LIST}/{hidden}").text
    assert "id" in Items(page).top[0]["isBasedOn"][0] and Items(page).top[0]["isBasedOn"][0]["id"] is None
    assert "/n/tarn-and-tide/resources/" not in page


@pytest.mark.parametrize(("students", "told"), [(9, False), (10, True), (None, False)])
def test_few_pupils_are_not_told_to_strangers(in_app, client, pack, students, told):
    with in_app():
        day = cast.NOW.date()
        record_use(cast.person_id("dafydd"), cast.network_id(), pack, UseTold(day, 1, students), day)
    page = client.get(f"{LIST}/{pack}").text
    assert "1 class" in page and (f"{students} pupils" in page) is told


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ("cc-by-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc-by-nc-sa-3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("cc-by-nd-2.0", "https://creativecommons.org/licenses/by-nd/2.0/"),
        ("cc0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("permission", ""),
        ("cc-by-sa-nd-4.0", ""),
        ('cc-by-4.0"><script>', ""),
    ],
)
def test_a_code_leads_to_the_licence_itself(code, address):
    assert licence_url(code) == address


def test_the_list_shows_public_packs_alone_and_is_searched(in_app, client, pack):
    with in_app():
        make_pack(title="For members")
        make_pack(title="A draft", shared=False, public=True)
        make_pack(title="Theirs", owner="bryony", network="fell-and-furrow", public=True)
        make_pack(title="Seat belts for an egg", public=True, materials="Trolley")
    page = client.get(LIST).text
    assert "2 packs" in page and "For members" not in page and "A draft" not in page and "Theirs" not in page
    found = client.get(LIST, query_string={"q": "trolley"}).text
    assert "1 pack about “trolley”" in found and "Paper bridges" not in found
    assert "No public pack is about" in client.get(LIST, query_string={"q": "members"}).text
    assert "Seat belts" in client.get(LIST, query_string={"format": "csv"}).text
    assert client.get("/p/no-such-network/packs").status_code == 404


def test_a_long_list_has_pages_and_asks_little(in_app, client, queries, pack):
    with in_app():
        for number in range(26):
            make_pack(title=f"Pack {number:02}", public=True)
    with queries() as seen:
        page = client.get(LIST).text
    assert "The next page" in page and len(seen) <= 12
    assert "Packs 26 to 27 of 27." in client.get(LIST, query_string={"page": 2}).text
    with queries() as seen:
        client.get(f"{LIST}/{pack}")
    # One more than a list may ask: a pack is told to machines as well, from its own words.
    assert len(seen) <= 20, len(seen)


def test_the_network_shows_its_newest_on_its_public_page(in_app, client, pack):
    page = client.get("/p/tarn-and-tide/").text
    assert "Packs, free to take" in page and f'href="{LIST}/{pack}"' in page and f'href="{LIST}"' in page
    assert "Packs, free to take" not in client.get("/p/fell-and-furrow/").text
