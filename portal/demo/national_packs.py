"""The packs of a nation: their files and links, words and standards, and the classes that tried them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from portal.activities.models import Use
from portal.db import db
from portal.demo.national_pour import LINE, Here, Nation, Row, line
from portal.files.models import StoredFile
from portal.files.operations import keep
from portal.resources.models import Pack, PackItem, PackStandard, PackWord
from portal.standards.models import Framework, Standard
from portal.vocabulary.models import Word

STANDARDS = 1200
FILES = 40
LICENCES = ("cc-by-4.0", "cc-by-sa-4.0", "cc-by-nc-4.0", "cc0-1.0", "permission")


def make_packs(nation: Nation, total: int) -> None:
    _standards(nation)
    words = list(db.session.execute(select(Word.id).where(Word.kind.in_(("subject", "phase")))).scalars())
    kept = _files(nation)
    nation.pour_together(
        row
        for network, part in nation.shares(total)
        for _n in range(part)
        for row in _pack(nation, network, words, kept)
    )


def _standards(nation: Nation) -> None:
    framework = {"id": 1, "code": "COAST", "name": "Coastal Curriculum", "imported_at": nation.ago(700)}
    nation.pour(Framework, [framework])
    nation.pour(Standard, (_standard(nation, number) for number in range(1, STANDARDS + 1)))


def _standard(nation: Nation, number: int) -> Row:
    code, heading = _code(number), nation.words.title()
    statement = nation.words.sentence()
    return {
        "id": number,
        "framework_id": 1,
        "code": code,
        "key": code.lower(),
        "heading": heading,
        "statement": statement,
    }


def _files(nation: Nation) -> list[Row]:
    """A few real files; the rows of many packs lead to the same bytes, as a store by content allows."""
    kept = []
    for number in range(FILES):
        text = f"# {nation.words.title()}\n\n{nation.words.text()[0]}\n".encode()
        file = keep(FileStorage(BytesIO(text), f"Guide {number + 1}.md"), nation.networks[0].coordinators[0])
        next(nation.ids["stored_file"])
        names = ("sha256", "name", "kind", "media_type", "size", "uploaded_at")
        kept.append({name: getattr(file, name) for name in names})
    return kept


def _code(number: int) -> str:
    return f"CO-{number // 40 + 1}-{number % 40 + 1}"


def _pack(nation: Nation, network: Here, words: list[int], kept: list[Row]) -> Iterator[tuple[type, Row]]:
    random, number = nation.random, nation.next_id("pack")
    owner, made = random.choice(network.members), nation.some_time_ago(1000)
    shared = made + timedelta(hours=2) if random.random() < 0.9 else None
    uses = list(_uses(nation, network, number, made)) if shared and random.random() < 0.3 else []
    yield Pack, {
        **_descriptions(nation, owner),
        "id": number,
        "network_id": network.id,
        "is_public": shared is not None and random.random() < 0.3,
        "created_at": made,
        "changed_at": shared or made,
        "shared_at": shared,
        "shared_by": owner if shared else None,
        "retired_at": nation.now if shared and random.random() < 0.03 else None,
        "uses_count": sum(use["classes"] for use in uses),
    }  # fmt: skip
    yield from _belongings(nation, number, owner, words, kept)
    yield from ((Use, use) for use in uses)
    title = {"title": "A pack of the nation"}
    yield LINE, line(network, made, owner, "pack.made", ("pack", number), **title)
    if shared:
        yield LINE, line(network, shared, owner, "pack.shared", ("pack", number), **title)


def _belongings(
    nation: Nation, pack_id: int, owner: int, words: list[int], kept: list[Row]
) -> Iterator[tuple[type, Row]]:
    random, file_id = nation.random, nation.next_id("stored_file")
    for word in random.sample(words, 3):
        yield PackWord, {"pack_id": pack_id, "word_id": word}
    for standard in random.sample(range(1, STANDARDS + 1), random.randint(0, 3)):
        code = _code(standard)
        yield PackStandard, {"pack_id": pack_id, "code": code, "key": code.lower(), "standard_id": standard}
    yield StoredFile, {**random.choice(kept), "id": file_id, "uploaded_by": owner}
    yield PackItem, {"pack_id": pack_id, "position": 0, "title": "Teacher’s guide", "file_id": file_id, "url": None}
    film = f"https://example.org/film-{pack_id}"
    yield PackItem, {"pack_id": pack_id, "position": 1, "title": "A short film", "file_id": None, "url": film}


def _descriptions(nation: Nation, owner: int) -> Row:
    random, words = nation.random, nation.words
    about, html = words.text()
    return {
        "owner_id": owner,
        "author": nation.names[owner],
        "about": about,
        "about_html": html,
        "downloads": random.randint(0, 90),
        "title": words.thing(),
        "strapline": words.sentence(),
        "lessons": random.randint(1, 4),
        "minutes": random.choice((30, 40, 50, 60, 90, 120)),
        "materials": words.sentence(),
        "cost": f"About £{random.randint(2, 40)} for thirty",
        "safety_note": words.sentence(),
        "careers_link": words.sentence(),
        "licence": random.choice(LICENCES),
        "language": "cy" if random.random() < 0.03 else "en",
    }


def _uses(nation: Nation, network: Here, pack_id: int, since: datetime) -> Iterator[Row]:
    for _number in range(nation.random.randint(1, 3)):
        person = nation.random.choice(network.members)
        at = nation.now - (nation.now - since) * nation.random.random()
        yield {
            "network_id": network.id,
            "subject_kind": "pack",
            "subject_id": pack_id,
            "person_id": person,
            "organisation_id": nation.works_at[person],
            "used_on": at.date(),
            "year_group": "Year 8",
            "classes": nation.random.randint(1, 4),
            "students": nation.random.choice((None, 24, 28, 55, 90)),
            "what_changed": nation.words.sentence(),
            "recorded_at": at,
        }
