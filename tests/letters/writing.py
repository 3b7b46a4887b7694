"""Letters and segments of the fixed cast, made through the operations, for the tests of this room."""

from werkzeug.datastructures import MultiDict

from portal.db import db
from portal.letters.drafts import LetterDraft
from portal.letters.models import Letter
from portal.letters.operations import write_letter
from portal.letters.queries_audience import getting_it, left_out, reasons_of
from portal.letters.question import question_in, questioned, read
from portal.networks.scope import scope_of
from portal.people.models import Person
from tests import cast

HERE = "/n/tarn-and-tide/letters"


def here(key: str = "ines", slug: str = "tarn-and-tide"):
    """The network as one of the cast stands in it."""
    return scope_of(slug, cast.person_id(key))


def reading(key: str = "ines", slug: str = "tarn-and-tide", **asked):
    """A question as an address holds it; lists are several answers."""
    args = MultiDict(
        [(name, one) for name, many in asked.items() for one in (many if isinstance(many, list) else [many])]
    )
    standing = here(key, slug)
    return read(question_in(args), standing.network, cast.person_id(key))


def handles(rows) -> set[str]:
    """The cast's handles of some rows."""
    by_name = {one.name: one.key for one in cast.CAST}
    return {by_name[row.name] for row in db.session.execute(rows)}


def who(**asked) -> set[str]:
    """Who gets a letter to that question."""
    return handles(getting_it(reading(**asked)))


def out(**asked) -> dict[str, str]:
    """Who does not, and why."""
    rows = list(db.session.execute(left_out(reading(**asked))))
    return {row.name.split(" ")[0].lower(): row.left_out for row in rows}


def why(key: str, **asked) -> list[str]:
    person = cast.person_id(key)
    return reasons_of(reading(**asked), [person]).get(person, [])


def letter(
    subject: str = "Tea on Thursday", body: str = "Hello {first name},\n\ncome.", question=None, **about
) -> Letter:
    """A draft of Ines."""
    return write_letter(here().membership, LetterDraft(subject, body, **about), question or {})


def again(one: Letter) -> Letter:
    """The letter as it stands now."""
    return db.session.get_one(Letter, one.id)


def audience(one: Letter):
    return read(questioned(one.question), here().network, cast.person_id("ines"))


def person(key: str) -> Person:
    return db.session.get_one(Person, cast.person_id(key))
