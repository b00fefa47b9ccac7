"""The country that a dateline names ("KIDAL, Mali - "): what follows is mostly about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from whoholds.annotate.lexicon.lexicon import Lexicon
from whoholds.model import Report, Role

COUNTS_FOR = 10
"""Words that a country in a dateline counts for: it says where the town before it lies."""
LOOKED_AT = 200
"""Characters of a dateline at the most."""


def told_from(report: Report, lexicon: Lexicon) -> Iterator[str]:
    """Alpha-3 codes of the countries that the report's datelines name, each as often as it counts."""
    for section in report.sections:
        if section.role is not Role.DATELINE:
            continue
        words = section.span.of(report.text)[:LOOKED_AT]
        for code, country in lexicon.countries.items():
            names = (name for name in (country.name, *country.names) if name in words)
            if any(re.search(rf"\b{re.escape(name)}\b", words) for name in names):
                yield from [code] * COUNTS_FOR
