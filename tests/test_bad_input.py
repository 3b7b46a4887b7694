"""Nonsense in every form: never a crash, never half a thing, and what was typed is still there."""

import importlib
import pkgutil

import wtforms
from wtforms.fields.core import UnboundField

import portal
from portal.web.forms import Form
from tests.sweeping import PageForm, Region, answer_of

LONG = "Aardvark " * 1000
NONSENSE = {
    "nothing": "",
    "NUL bytes": "a\x00b",
    "too long": LONG,
    "odd digits": "²",
    "a huge number": "9" * 30,
    "a number of no database": str(2**63),
    "more digits than Python reads": "9" * 5000,
    "a negative number": "-1",
    "words": "not what was asked for",
    "a broken date": "2026-02-31T25:61",
    "two lines": "one\r\nBcc: two@elsewhere.example",
    "blanks": " \t\n ",
    "half a surrogate": "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
}
# The one door that gives the right of an administrator.
RIGHTS = {"admin.add_person", "admin.restore_person", "admin.remove_person"}
# What nobody is asked: rights and other people's numbers.
EXTRA = {"role": "admin", "is_administrator": "1", "network_id": "2", "person_id": "9", "admitted_at": "2020-01-01"}


def names_of_fields() -> list[str]:
    """The name of every field of every form of the portal."""
    for found in pkgutil.walk_packages(portal.__path__, "portal."):
        if "forms" in found.name:
            importlib.import_module(found.name)
    kinds = {*_below(Form), *_below(wtforms.Form)}
    return sorted({name for kind in kinds for name in dir(kind) if isinstance(getattr(kind, name, None), UnboundField)})


def _below(kind: type) -> set[type]:
    return {one for child in kind.__subclasses__() for one in (child, *_below(child))}


def sweep(region: Region, send) -> tuple[list[str], int]:
    """Post to every door as the person who may; returns what went wrong, and how many answers there were."""
    wrong, count = [], 0
    before = region.rows()
    for key, rule in region.doors("POST"):
        who = region.who_may(key)
        for said, data in send(rule.endpoint):
            answer, broken = answer_of(region.browser(who), region.url(rule), method="POST", data=data)
            count += 1
            if broken:
                wrong.append(f"{key} with {said}: {broken}")
            elif answer.status_code >= 400 and region.is_touched() and (after := region.rows()) != before:
                wrong.append(f"{key} with {said}: refused, but {_changes(before, after)} changed")
            region.back()
    return wrong, count


def _changes(before: dict[str, int], after: dict[str, int]) -> set[str]:
    return {name for name in after if after[name] != before.get(name)}


def by_turns(place: int, most: int) -> list[str]:
    """Some of the kinds of nonsense, others at the next place."""
    kinds = list(NONSENSE)
    return [kinds[(place * most + step) % len(kinds)] for step in range(most)]


def test_the_same_nonsense_in_every_field_breaks_no_door(region):
    names = names_of_fields()
    # Larger than that a form is refused unread, and proves nothing.
    assert sum(len(name) + len(LONG) + 2 for name in names) < region.app.config["MAX_FORM_MEMORY_SIZE"]
    places = {rule.endpoint: place for place, (_key, rule) in enumerate(region.doors("POST"))}

    def send(endpoint):
        for said in by_turns(places[endpoint], 2):
            yield said, dict.fromkeys(names, NONSENSE[said]) | {"form_key": ""}

    wrong, count = sweep(region, send)
    assert not wrong, "\n".join(wrong)
    assert count > 220


def test_what_nobody_is_asked_changes_nothing(region):
    """Rights and other people's numbers beside a whole form, twice the same name, and lists where one was asked."""
    wrong = []
    for endpoint, (who, form) in sorted(region.forms.items()):
        data = form.data() | {"form_key": [""]}
        extra = {name: [value] for name, value in EXTRA.items() if name not in data}
        twice = {name: values * 2 for name, values in data.items()}
        arrays = {f"{name}[]": values for name, values in data.items()}
        answer, broken = answer_of(region.browser(who), form.action, method="POST", data=twice | arrays | extra)
        if broken or answer.status_code >= 500:
            wrong.append(f"{endpoint}: {broken}")
        with region.looking() as cursor:
            rights = cursor.execute("SELECT count(*) FROM person WHERE is_administrator").fetchone()
            roles = cursor.execute("SELECT count(*) FROM membership WHERE role = 'admin'").fetchone()
        if endpoint not in RIGHTS and (rights, roles) != ((1,), (0,)):
            wrong.append(f"{endpoint} gave rights away")
        region.back()
    assert not wrong, "\n".join(wrong)


def test_one_wrong_field_of_a_real_form_keeps_the_others(region):
    """Three fields of each form with nonsense, by turns: a refusal shows the page again with what the other fields held."""
    wrong, refused = [], 0
    before = region.rows()
    for place, (endpoint, (who, form)) in enumerate(sorted(region.forms.items())):
        fields = [name for name, kind, _value in form.fields if name not in ("form_key", "csrf_token")]
        for step, field in enumerate(turned(list(dict.fromkeys(fields)), place)[:3]):
            said = list(NONSENSE)[(place + step) % len(NONSENSE)]
            data = form.data(typed) | {"form_key": [""], field: [NONSENSE[said]]}
            answer, broken = answer_of(region.browser(who), form.action, method="POST", data=data)
            if broken:
                wrong.append(f"{endpoint} {field} with {said}: {broken}")
            elif answer.status_code >= 400:
                refused += 1
                lost = [] if answer.status_code != 422 else lost_words(form, field, answer.text)
                if lost or (region.is_touched() and region.rows() != before):
                    wrong.append(f"{endpoint} {field} with {said}: lost {lost or 'nothing'}, or something was saved")
            region.back()
    assert not wrong, "\n".join(wrong)
    assert refused > 30


def turned(fields: list[str], place: int) -> list[str]:
    """The same fields, beginning with another one at the next place."""
    first = place % max(len(fields), 1)
    return fields[first:] + fields[:first]


def typed(name: str, kind: str, value: str) -> str:
    return value if value or kind not in ("text", "textarea") else f"typed into {name}"


def lost_words(form: PageForm, but: str, page: str) -> list[str]:
    """The free texts that were typed and stand nowhere in the page that came back."""
    texts = [name for name, kind, value in form.fields if kind in ("text", "textarea") and not value and name != but]
    return [name for name in texts if f"typed into {name}" not in page]
