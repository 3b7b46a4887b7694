"""A new toolkit around one pack, in one step."""

from portal.db import operation
from portal.toolkits.fields import ToolkitFields
from portal.toolkits.operations import make_toolkit
from portal.toolkits.operations_packs import put_pack


@operation
def put_into_new(actor_id: int, network_id: int, title: str, pack_id: int, why: str = "") -> int:
    """Begin a draft with this pack in it; returns its id. Raises DomainError for a pack that members can't open."""
    toolkit_id = make_toolkit(actor_id, network_id, ToolkitFields(title))
    put_pack(actor_id, toolkit_id, pack_id, why)
    return toolkit_id
