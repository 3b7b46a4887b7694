"""An earlier version as texts, for its page."""

from typing import Any

from portal.resources.fields import PackFields
from portal.resources.models import PackVersion
from portal.resources.queries_fields import texts_of


def told_version(old: PackVersion) -> dict[str, str]:
    """Its fields as a person reads them (one query). Fields that did not exist then are empty."""
    names = PackFields.__dataclass_fields__
    known: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in old.fields.items() if name in names
    }
    return texts_of(PackFields(**known))
