"""Whether a photo was taken when and where its record says."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

from jiangong.books.evidence.rules.pictures import LOCAL

EARTH_RADIUS = 6_371_008.8
USUAL_DAYS = 1
USUAL_KILOMETRES = 5

Place = tuple[Decimal, Decimal]


def day_taken(taken_at: datetime) -> date:
    """The day it was in China, whatever zone the camera was set to."""
    return taken_at.astimezone(LOCAL).date()


def is_off_day(*, taken_at: datetime, happened_on: date, days: int) -> bool:
    return abs((day_taken(taken_at) - happened_on).days) > days


def metres_apart(one: Place, other: Place) -> int:
    """Along the great circle (haversine), between places given as degrees of latitude and longitude."""
    (north, east), (north_too, east_too) = (
        tuple(radians(degrees) for degrees in place) for place in (one, other)
    )
    half = sin((north_too - north) / 2) ** 2 + cos(north) * cos(north_too) * sin((east_too - east) / 2) ** 2
    return round(2 * EARTH_RADIUS * asin(sqrt(min(1.0, half))))
