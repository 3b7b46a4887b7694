"""What rooms above put on the page of a thing that stands below them: a partial, and what it is drawn with.

The room below owns a ``Beside`` and draws what it gathers; those above hang themselves in. What a reader must not see
they do not hand over::

    beside = Beside()            # kit/beside.py


    @beside                      # lending/beside.py
    def calendar_beside(kit, member):
        return Part("lending/_beside.html", ...)  # or None
"""

from collections.abc import Callable
from typing import Any, Generic, ParamSpec

P = ParamSpec("P")


class Part(dict[str, Any]):
    """The context of one partial; ``template`` names it, and a lower ``rank`` stands before a higher one."""

    def __init__(self, template: str, rank: int = 0, **context: Any) -> None:
        super().__init__(context, template=template)
        self.rank = rank


class Beside(Generic[P]):
    """Whatever hangs on one kind of thing, by rank, and else in the order in which it was hung there."""

    def __init__(self) -> None:
        self._known: list[Callable[P, Part | None]] = []

    def __call__(self, adds: Callable[P, Part | None]) -> Callable[P, Part | None]:
        """Have something stand beside every one."""
        if adds not in self._known:
            self._known.append(adds)
        return adds

    def parts(self, *about: P.args, **more: P.kwargs) -> list[Part]:
        """All of it, for this reader."""
        found = [part for adds in self._known if (part := adds(*about, **more)) is not None]
        return sorted(found, key=lambda part: part.rank)
