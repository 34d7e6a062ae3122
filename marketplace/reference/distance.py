"""Distance between two places as the crow flies."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Protocol

_EARTH_KM = 6371.0


class Located(Protocol):
    """Anything with a point: a Municipality, or a Place of the contract."""

    @property
    def latitude(self) -> float:
        """Degrees north, WGS 84."""

    @property
    def longitude(self) -> float:
        """Degrees east, WGS 84."""


def distance_km(a: Located | tuple[float, float], b: Located | tuple[float, float]) -> float:
    """Kilometres between two points; a pair is (latitude, longitude). Haversine formula."""
    (lat_a, lon_a), (lat_b, lon_b) = _radians(a), _radians(b)
    half = sin((lat_b - lat_a) / 2) ** 2
    half += cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))


def _radians(point: Located | tuple[float, float]) -> tuple[float, float]:
    if isinstance(point, tuple):
        return radians(point[0]), radians(point[1])
    return radians(point.latitude), radians(point.longitude)
