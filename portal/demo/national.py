"""A nation of networks, made in bulk and the same each time, to measure how pages behave at scale."""


def make_nation(seed: int = 7) -> dict[str, int]:
    """Fill the database; returns how many rows of each kind there are."""
    return {}
