"""Days as callers give them: a date, a time on that day, or the date's text."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import overload

from whoholds.errors import WhoholdsError

AnyDay = date | str
"""A date; of a datetime (a pandas Timestamp is one) its date; or text such as "2016-03-13"."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


@overload
def as_day(given: AnyDay, name: str) -> date: ...
@overload
def as_day(given: AnyDay | None, name: str) -> date | None: ...
def as_day(given: AnyDay | None, name: str) -> date | None:
    """The day that an argument called `name` stands for; None stays None. Raises WhoholdsError where it is no day."""
    if given is None:
        return None
    try:
        if isinstance(given, datetime):
            return given.date()
        if isinstance(given, date):
            return given
        if isinstance(given, str):
            return from_iso(given)
    except ValueError:
        pass  # the 30th of February; pandas' NaT
    raise WhoholdsError(f"{name} is {given!r}, no day. Give a date, or write year-month-day, for example '2016-03-13'.")


def from_iso(text: str) -> date:
    """The day written YYYY-MM-DD and nothing else: "03/04/2016" is two days, depending on who writes it.

    Raises ValueError where it is none.
    """
    if not _ISO.match(text):
        raise ValueError(text)
    return date.fromisoformat(text)
