"""The entries of a live report: paragraphs that open with the time by the clock at which they were written."""

from __future__ import annotations

import re
from itertools import pairwise

from whoholds.model import Report, Role

STAMP = re.compile(
    r"\s*(?:[0-9]{1,2}\.? [A-Z][a-z]{2,8}\.?(?: [0-9]{4})?,? )?(?:[01]?[0-9]|2[0-3])[.:h][0-5][0-9]"
    r"(?: ?[ap]\.?m\.?)?(?: (?:[A-Z]{2,4}|local time))?(?: ?[-–—|:])? +\S"
)
"""The stamp that opens an entry of a live report: "03:15", "14.20 GMT:", "5 Jun 2020, 09:14 –"."""


def entries(report: Report) -> frozenset[int]:
    """The sections that are entries of a live report: the stamps of two or more were cut off before them."""
    found = frozenset(
        number
        for number, (stamp, entry) in enumerate(pairwise(report.sections), start=1)
        if stamp.role is Role.DATELINE
        and entry.role is Role.BODY
        and STAMP.match(f"{stamp.span.of(report.text)} {entry.span.of(report.text)[:1]}")
    )
    return found if len(found) > 1 else frozenset()
