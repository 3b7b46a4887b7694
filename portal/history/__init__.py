"""Who changed what, and when: one line for every act, written in the act's own transaction.

``record`` is for operations; ``phrases.declare`` gives an action its sentence; ``queries`` read the lines of a thing.
"""

from portal.history.operations import record

__all__ = ["record"]
