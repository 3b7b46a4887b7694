"""What a digest says, before it is laid out: sections of items, each with its one link. Text, HTML and page show the same."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

# Begins what is told when somebody is asked whether she used a pack.
USED = "used:"


@dataclass(frozen=True, slots=True)
class Act:
    """A button. ``strong`` is the one that most people press."""

    label: str
    link: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One thing. ``link`` is the bare address under its buttons; ``told`` names it in the state it is told in."""

    title: str
    told: tuple[str, ...]
    when: str = ""
    line: str = ""
    link: str = ""
    # What the bare address is for, where the mail has no buttons.
    ask: str = ""
    acts: tuple[Act, ...] = ()


# An item that is counted, and written only if it is shown: of thirty new packs three are.
Make: TypeAlias = Callable[[], Item]


def ready(items: Iterable[Item]) -> list[Make]:
    """Items that are written already, beside those that are not."""
    return [partial(_itself, item) for item in items]


def _itself(item: Item) -> Item:
    return item


@dataclass(frozen=True, slots=True)
class Section:
    """Things of one kind; ``more`` of them did not fit and stand behind ``door``."""

    key: str
    heading: str
    items: tuple[Item, ...]
    more: int = 0
    door: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """One person's digest."""

    subject: str
    heading: str
    sections: tuple[Section, ...] = field(default=())

    def told(self) -> Iterator[str]:
        """Everything that stands in it, so that it is not told again."""
        for section in self.sections:
            for item in section.items:
                yield from item.told
