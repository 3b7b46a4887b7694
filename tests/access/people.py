"""Who may open what of people and of one's own page."""

from tests import cast

EVERYBODY = ("ines", "tobi", "dafydd", "petra", "kofi", "ravi", "hana")


def prepare() -> dict[str, object]:
    return {
        "person_id": cast.person_id("leon"),
        "affiliation_id": 999_999,
        "record_id": cast.person_id("leon"),
        "other_id": cast.person_id("mairead"),
        "merge_id": 999_999,
        "address_id": 999_999,
        "sign_in_id": 999_999,
        "passkey_id": 999_999,
        "sheet_token": "nothing-waits-here",
        "agreement": "contact",
        "packing": "json",
    }


def _all(answer: str, **others: str) -> dict[str, str]:
    return dict.fromkeys(EVERYBODY, answer) | {"nobody": "sign-in"} | others


KEEPERS = _all("403", ines="may", ravi="may")
WAITING = _all("403", ines="404", ravi="404")
FELLOWS = _all("may", kofi="404", hana="404")
CHANGE = _all("403", ines="may", ravi="may", kofi="404", hana="404")
NONE_SUCH = _all("403", ines="404", ravi="404", kofi="404", hana="404")
MINE = _all("may")
# Leon's: for those who keep his record, and nobody for herself.
SLIP = CHANGE

MATRIX: dict[str, dict[str, str]] = {
    "GET people.index": KEEPERS,
    "GET people.show": FELLOWS,
    "GET people.edit": CHANGE,
    "POST people.change": CHANGE,
    "GET people.work": CHANGE,
    "POST people.add_work": CHANGE,
    "POST people.leave_work": NONE_SUCH,
    "POST people.back_to_work": NONE_SUCH,
    "POST people.mail_again": NONE_SUCH,
    "GET people.bring": KEEPERS,
    "POST people.take": KEEPERS,
    **{f"{method} people.{step}": WAITING for method, step in (
        ("GET", "columns"), ("POST", "choose"), ("GET", "preview"), ("POST", "run"), ("GET", "result"), ("GET", "rejects"),
    )},
    "GET people.duplicates": KEEPERS,
    "GET people.same": KEEPERS,
    "GET people.compare": KEEPERS,
    "POST people.merge": KEEPERS,
    "POST people.take_apart": WAITING,
    "GET my_page.index": MINE,
    "GET my_mail.index": MINE,
    "POST my_mail.change": MINE,
    "POST my_mail.again": MINE,
    "POST my_mail.end_all": MINE,
    "POST my_page.list_items": MINE,
    "POST my_page.add_address": MINE,
    "GET my_page.type_code": MINE,
    "POST my_page.check_code": MINE,
    "POST my_page.first_address": _all("404"),
    "POST my_page.drop_address": _all("404"),
    "POST my_page.agree": MINE,
    "POST my_page.disagree": MINE,
    "POST my_page.end_one": _all("404"),
    "POST my_page.end_others": MINE,
    "GET people.before_slip": SLIP,
    "POST people.make_slip": SLIP,
    "POST people.end_slip": SLIP,
    "GET my_page.told_of_slips": MINE,
    "POST my_page.know_slips": MINE,
    "POST my_page.disown_slips": MINE,
    # The cast meets the portal at a bare number, to which no passkey belongs: tests/people/test_passkeys.py has a name.
    "GET my_page.new_passkey": _all("404"),
    "POST my_page.make_passkey": _all("404"),
    "POST my_page.ask_to_make": _all("404"),
    "GET my_page.before_removing_passkey": _all("404"),
    "POST my_page.drop_passkey": _all("404"),
    "GET my_page.history": MINE,
    "GET my_page.export": MINE,
    "GET my_page.before_erasing": MINE,
    # Without the tick it only asks again.
    "POST my_page.erase": MINE,
}  # fmt: skip
