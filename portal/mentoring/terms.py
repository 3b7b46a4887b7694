"""What a pair is for and how often it meets, as one plain object: from form to operation."""

from dataclasses import dataclass

ARRANGES = ("mentor", "mentee", "both")


@dataclass(frozen=True, slots=True)
class Terms:
    """``every_days``: at least once in so many days. ``monthly_minutes``: what the two set themselves."""

    purpose: str = ""
    rhythm: str = ""
    every_days: int | None = None
    arranges: str = "both"
    monthly_minutes: int | None = None
