"""Places and days: distances, and whether people work on a day."""

from marketplace.reference import distance_km, is_public_holiday

__all__ = ["distance_km", "is_public_holiday"]
