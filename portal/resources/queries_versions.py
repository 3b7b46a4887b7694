"""An earlier version as texts, for its page."""

from portal.resources.fields import PackFields
from portal.resources.models import PackVersion
from portal.resources.queries_fields import texts_of


def told_version(old: PackVersion) -> dict[str, str]:
    """Its fields as a person reads them (one query). Fields that did not exist then are empty."""
    known = {name: value for name, value in old.fields.items() if name in PackFields.__dataclass_fields__}
    return texts_of(PackFields(**{name: tuple(value) if isinstance(value, list) else value for name, value in known.items()}))
