"""A fragment brings the notices of the page along, once."""

from tests.resources.packs import PAGE, make_pack


def test_what_is_true_now_comes_along_with_a_fragment(in_app, as_):
    with in_app():
        pack_id = make_pack()
    tobi, htmx = as_("tobi"), {"HX-Request": "true", "HX-Target": "items"}
    answer = tobi.post(f"{PAGE}{pack_id}/items", data={"links": "https://example.org/two"}, headers=htmx)
    assert answer.status_code == 303
    fragment = tobi.get(answer.location, headers=htmx).text
    assert 'id="notices"' in fragment and "hx-swap-oob" in fragment and "Added." in fragment
    assert "hx-swap-oob" not in tobi.get(answer.location, headers=htmx).text


def test_a_whole_page_has_its_notices_in_place(in_app, as_):
    with in_app():
        pack_id = make_pack()
    tobi = as_("tobi")
    page = tobi.post(f"{PAGE}{pack_id}/items", data={"links": "https://example.org/two"}, follow_redirects=True).text
    assert "Added." in page and "hx-swap-oob" not in page
