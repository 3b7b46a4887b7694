"""How far apart two places are, as the crow flies."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088  # mean radius


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody works: the organisation, and its latitude and longitude in degrees where they are known."""

    organisation_id: int | None = None
    name: str = ""
    latitude: float | None = None
    longitude: float | None = None


def km_between(one: Place, other: Place) -> float | None:
    """Kilometres on the great circle (haversine); 0 within one school, None where a place is not known."""
    if one.organisation_id is not None and one.organisation_id == other.organisation_id:
        return 0.0
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north, south = radians(one.latitude), radians(other.latitude)
    across = sin((south - north) / 2) ** 2
    along = cos(north) * cos(south) * sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(across + along)))
