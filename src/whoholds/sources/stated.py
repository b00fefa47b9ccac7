"""Days of publication as they are stated beside a text: which of them are told by their form alone."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime

ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")
"""A day, with or without its time, at the beginning of a text."""
_MAIL = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(?:[0-9]{1,2}\s+[a-z]{3,9}\s+(?:[0-9]{2}|[0-9]{4})(?:\s+[0-9]{1,2}:[0-9]{2}|$)"
    r"|[a-z]{3}\s+[0-9]{1,2}\s+[0-9]{1,2}:[0-9]{2}:[0-9]{2}\s+(?:\S{1,6}\s+)?[0-9]{4}$)",
    re.I,
)
"""The beginning of a date of RFC 5322, and what `ctime` of C writes. Python's own reader takes far more for one."""


def as_stated(text: str | None) -> str | None:
    """A stated date as a report keeps it: as it is written, but for mail's way (RFC 5322), of which the day is kept.

    That is the day in the time zone it is written in: "Wed, 20 Dec 2023 22:00:00 -0500" is 2023-12-20. Whether it is
    a day at all is for the dating of the report to tell (`resolve.dates`), which says so where it is none.
    """
    return mail_day(text) or text if text else None


def mail_day(text: str) -> str | None:
    """The day of a date in mail's way, in ISO. None for what is written in another way, and for no day."""
    text = text.strip()[:80]
    if not _MAIL.match(text):
        return None
    try:
        return parsedate_to_datetime(text if ":" in text else f"{text} 00:00").date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
