"""Values as plain data. Imports no sibling."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def iso(day: date | None) -> str | None:
    """A day as YYYY-MM-DD; None stays None."""
    return day.isoformat() if day else None


def rounded(value: float | None, digits: int) -> float | None:
    """A number to so many digits behind the point; None stays None."""
    return None if value is None else round(float(value), digits)


def is_tags(cells: Iterable[object]) -> bool:
    """Whether a row of a table has hashtags of HXL and nothing else."""
    given = [cell for cell in cells if cell not in (None, "")]
    return bool(given) and all(isinstance(cell, str) and cell.startswith("#") for cell in given)
