"""What can be found: for each kind of thing, where its words come from and which changes they follow.

Tables are named by text, since all of them stand in storeys above. A row that is not (or no longer) to be found is
simply not in its source: the triggers then take its words out in the same transaction.

``scope`` is a column of made-up words ("n3" for a network, "p17" for a person). Asking for a common word "within n3"
lets the index skip everything else, so that a big region costs a small network nothing.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Watch:
    """A table whose rows change a document: ``key`` in that table is ``column`` in the source.

    ``through`` is for a table further away: a SELECT of ``column`` for keys that take the place of ``{keys}``.
    """

    table: str
    key: str
    column: str
    changes: tuple[str, ...]
    through: str = "{keys}"

    def documents(self, rows: tuple[str, ...]) -> str:
        """The condition for the documents that a change of these rows ("old", "new") touches."""
        keys = ", ".join(f"{row}.{self.key}" for row in rows)
        return f"{self.column} IN ({self.through.format(keys=keys)})"


@dataclass(frozen=True)
class Index:
    """One kind of thing: the columns with their weights, the SELECT they come from, and what to watch."""

    kind: str
    weights: dict[str, float]
    source: str
    watches: tuple[Watch, ...]
    has_scope: bool = False
    # The column that is also found with typing errors in it.
    name: str | None = None
    # Columns in which a find counts once more, for questions that were understood word by word.
    best: tuple[str, ...] = ()
    # Whether a word that was mistyped is looked for among its words.
    is_mended: bool = False

    @property
    def words_table(self) -> str:
        return f"{self.kind}_words"

    @property
    def known_table(self) -> str:
        return f"{self.kind}_words_known"

    @property
    def names_table(self) -> str:
        return f"{self.kind}_names"

    @property
    def view(self) -> str:
        return f"{self.kind}_words_source"

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.weights, *(("scope",) if self.has_scope else ()))


def network(network_id: int) -> str:
    """The scope of what everybody in a network may see."""
    return f"n{int(network_id)}"


def owner(person_id: int) -> str:
    """The scope of what one person owns, drafts included."""
    return f"p{int(person_id)}"


POST = Index(
    kind="post",
    weights={"title": 4.0, "body": 1.0},
    source=(
        "SELECT post.id AS id, post.topic_id AS topic_id, topic.title AS title, post.body AS body, "
        "'n' || topic.network_id AS scope FROM post JOIN topic ON topic.id = post.topic_id "
        "WHERE post.deleted_at IS NULL AND topic.deleted_at IS NULL"
    ),
    watches=(
        Watch("post", "id", "id", ("body", "topic_id", "deleted_at")),
        Watch("topic", "id", "topic_id", ("title", "network_id", "deleted_at")),
    ),
    has_scope=True,
)
_PACK_SEEN_BY = ("network_id", "shared_at", "deleted_at")


def mark_of_word(word_id: int) -> str:
    """What hangs on a pack with this word of the region: it follows no renaming, since the question knows the names."""
    return f"xw{int(word_id)}"


def mark_of_language(code: str) -> str:
    """What hangs on a pack that is written in this language."""
    return f"xl{''.join(letter for letter in code.casefold() if letter.isalnum())}"


# What is said of a pack. ``codes`` also has them folded ("msps21"), ``standards`` is what those codes ask of students.
PACK = Index(
    kind="pack",
    weights={
        "title": 10.0,
        "strapline": 5.0,
        "author": 3.0,
        "codes": 4.0,
        "about": 1.0,
        "materials": 1.0,
        "standards": 0.6,
        "hung": 0.5,
    },
    source=(
        "SELECT pack.id AS id, pack.title AS title, pack.strapline AS strapline, pack.author AS author, "
        "(SELECT group_concat(code || ' ' || key, ' ' ORDER BY id) FROM pack_standard WHERE pack_id = pack.id) AS codes, "
        "pack.about AS about, pack.materials AS materials, "
        "(SELECT group_concat(framework.code || ' ' || standard.statement, char(10) ORDER BY pack_standard.id) "
        "FROM pack_standard JOIN standard ON standard.id = pack_standard.standard_id "
        "JOIN framework ON framework.id = standard.framework_id WHERE pack_standard.pack_id = pack.id) AS standards, "
        "'xl' || lower(replace(pack.language, '-', '')) || "
        "coalesce((SELECT ' ' || group_concat('xw' || word_id, ' ' ORDER BY word_id) FROM pack_word "
        "WHERE pack_id = pack.id), '') AS hung, "
        "'p' || pack.owner_id || CASE WHEN pack.shared_at IS NULL THEN '' ELSE ' n' || pack.network_id END AS scope "
        "FROM pack WHERE pack.deleted_at IS NULL"
    ),
    watches=(
        Watch(
            "pack",
            "id",
            "id",
            ("title", "strapline", "author", "about", "materials", "language", "owner_id", *_PACK_SEEN_BY),
        ),
        Watch("pack_standard", "pack_id", "id", ("pack_id", "code", "key", "standard_id")),
        Watch("pack_word", "pack_id", "id", ("pack_id", "word_id")),
        Watch(
            "standard",
            "id",
            "id",
            ("statement", "framework_id"),
            "SELECT pack_id FROM pack_standard WHERE standard_id IN ({keys})",
        ),
    ),
    has_scope=True,
    best=("title",),
    is_mended=True,
)
# What is written inside the files of a pack, apart from what is said of it: long files would spoil the ranking of titles.
# One row a pack, of the files that are in it now, and of all together no more than 500,000 characters: every change of
# the pack takes its words out and puts them in again, which holds the write lock for 0.4 seconds at that length.
# Deleted packs, other networks' and drafts as in PACK.
PACK_INSIDE = Index(
    kind="pack_inside",
    weights={"title": 10.0, "strapline": 5.0, "inside": 1.0},
    source=(
        "SELECT pack.id AS id, pack.title AS title, pack.strapline AS strapline, "
        "(SELECT substr(group_concat(file_reading.text, char(10) ORDER BY pack_item.id), 1, 500000) FROM pack_item "
        "JOIN stored_file ON stored_file.id = pack_item.file_id "
        "JOIN file_reading ON file_reading.sha256 = stored_file.sha256 "
        "WHERE pack_item.pack_id = pack.id AND pack_item.until_version IS NULL) AS inside, "
        "'p' || pack.owner_id || CASE WHEN pack.shared_at IS NULL THEN '' ELSE ' n' || pack.network_id END AS scope "
        "FROM pack WHERE pack.deleted_at IS NULL"
    ),
    watches=(
        Watch("pack", "id", "id", ("title", "strapline", "owner_id", "network_id", "shared_at", "deleted_at")),
        Watch("pack_item", "pack_id", "id", ("file_id", "until_version")),
        Watch(
            "file_reading",
            "sha256",
            "id",
            ("text",),
            "SELECT pack_item.pack_id FROM stored_file JOIN pack_item ON pack_item.file_id = stored_file.id "
            "WHERE stored_file.sha256 IN ({keys}) AND pack_item.until_version IS NULL",
        ),
    ),
    has_scope=True,
)
EVENT = Index(
    kind="event",
    weights={"title": 10.0, "strapline": 4.0, "for_whom": 2.0, "about": 1.0},
    source=(
        "SELECT id, title, strapline, for_whom, about, 'n' || network_id AS scope FROM event "
        "WHERE deleted_at IS NULL AND published_at IS NOT NULL"
    ),
    watches=(
        Watch(
            "event",
            "id",
            "id",
            ("title", "strapline", "for_whom", "about", "network_id", "deleted_at", "published_at"),
        ),
    ),
    has_scope=True,
)
PERSON = Index(
    kind="person",
    weights={"name": 1.0},
    source="SELECT id, name FROM person WHERE erased_at IS NULL AND merged_into IS NULL",
    watches=(Watch("person", "id", "id", ("name", "erased_at", "merged_into")),),
    name="name",
)
ORGANISATION = Index(
    kind="organisation",
    weights={"name": 10.0, "place": 4.0, "code": 4.0, "postcode": 1.0},
    source="SELECT id, name, place, code, postcode FROM organisation WHERE merged_into IS NULL",
    watches=(Watch("organisation", "id", "id", ("name", "place", "code", "postcode", "merged_into")),),
    name="name",
)
STANDARD = Index(
    kind="standard",
    weights={"code": 10.0, "also": 10.0, "heading": 4.0, "statement": 2.0, "note": 1.0},
    source="SELECT id, code, also, heading, statement, note FROM standard",
    watches=(Watch("standard", "id", "id", ("code", "also", "heading", "statement", "note")),),
)

# Kits that the whole region may borrow are found from every network.
REGION = "region"
_KIT_SEEN_BY = ("network_id", "lends_to", "deleted_at")
KIT = Index(
    kind="kit",
    weights={"title": 10.0, "asset_code": 8.0, "strapline": 5.0, "parts": 3.0, "about": 1.0, "home": 1.0},
    source=(
        "SELECT kit.id AS id, kit.title AS title, kit.asset_code AS asset_code, kit.strapline AS strapline, "
        "(SELECT group_concat(title, ', ' ORDER BY title) FROM kit_part WHERE kit_id = kit.id AND removed_at IS NULL) "
        "AS parts, kit.about AS about, kit.home AS home, "
        "'p' || kit.owner_id || ' n' || kit.network_id || CASE WHEN kit.lends_to = 'region' THEN ' region' ELSE '' END "
        "AS scope FROM kit WHERE kit.deleted_at IS NULL"
    ),
    watches=(
        Watch(
            "kit",
            "id",
            "id",
            ("title", "asset_code", "strapline", "about", "home", "owner_id", *_KIT_SEEN_BY),
        ),
        Watch("kit_part", "kit_id", "id", ("kit_id", "title", "removed_at")),
    ),
    has_scope=True,
)

INDEXES = {index.kind: index for index in (POST, PACK, PACK_INSIDE, EVENT, PERSON, ORGANISATION, STANDARD, KIT)}
