"""@Name in what people write: found among the members of the network, linked, and never for anybody else."""

from collections.abc import Mapping
from html import escape, unescape
from html.parser import HTMLParser

from portal.people.names import fold_name

NEVER_INSIDE = {"a", "code", "pre"}
LONGEST = 4


def link_mentions(html: str, members: Mapping[int, str]) -> tuple[str, set[int]]:
    """Safe HTML with each @Name of a member as a link to her page, and the ids of those who were named.

    A first name is enough where only one member has it; a name that two share means neither.
    """
    if "@" not in html:
        return html, set()
    linker = _Linker(_known(members))
    linker.feed(html)
    linker.close()
    return "".join(linker.parts), linker.named


def _known(members: Mapping[int, str]) -> dict[str, int]:
    """Folded names, whole and first, that mean exactly one member."""
    meant: dict[str, set[int]] = {}
    for person_id, name in members.items():
        folded = fold_name(name)
        for known in {folded, folded.split(" ")[0]} - {""}:
            meant.setdefault(known, set()).add(person_id)
    return {name: ids.pop() for name, ids in meant.items() if len(ids) == 1}


class _Linker(HTMLParser):
    """Copies what it reads and changes nothing but text outside links and code."""

    def __init__(self, known: Mapping[str, int]) -> None:
        super().__init__(convert_charrefs=False)
        self.known = known
        self.parts: list[str] = []
        self.named: set[int] = set()
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.parts.append(self.get_starttag_text() or "")
        if tag in NEVER_INSIDE:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.parts.append(self.get_starttag_text() or "")

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")

    def handle_data(self, data: str) -> None:
        first, *pieces = data.split("@")
        self.parts.append(first)
        follows_a_word = first[-1:].isalnum()
        for piece in pieces:
            # An address like ines@school.example names nobody.
            self.parts.append(f"@{piece}" if self.inside or follows_a_word else self._linked(piece))
            follows_a_word = piece[-1:].isalnum()

    def _linked(self, piece: str) -> str:
        words = piece.split(" ")
        for count in range(min(LONGEST, len(words)), 0, -1):
            typed = " ".join(words[:count])
            name = typed.rstrip(".,;:!?)’'\"")
            person_id = self.known.get(fold_name(unescape(name).removesuffix("’s").removesuffix("'s")))
            if name and person_id is not None:
                self.named.add(person_id)
                return f'<a href="/people/{person_id}">@{escape(unescape(name))}</a>{piece[len(name) :]}'
        return f"@{piece}"
