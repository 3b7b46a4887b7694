"""How near a reader stands to a person. What she may see follows from it, and so what is loaded at all."""

# she herself · who runs a network of hers (or administers, or added her) · a fellow member
SELF, KEEPER, FELLOW = "self", "keeper", "fellow"


def sees_everything(level: str) -> bool:
    """Also what a person does not list for fellow members."""
    return level in {SELF, KEEPER}
