"""Values as plain data. Imports no sibling."""

from __future__ import annotations

from datetime import date


def iso(day: date | None) -> str | None:
    """A day as YYYY-MM-DD; None stays None."""
    return day.isoformat() if day else None


def rounded(value: float | None, digits: int) -> float | None:
    """A number to so many digits behind the point; None stays None."""
    return None if value is None else round(float(value), digits)
