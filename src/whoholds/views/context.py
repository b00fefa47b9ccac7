"""The sentence around a quote, for people who want to read on a little."""

from __future__ import annotations

import re

from whoholds.model import Report, Span

MAX_CONTEXT = 600
"""Characters. A longer quote is shown whole up to this length, then cut."""

_ENDS = re.compile(r"[.!?…][\"'”’)\]]?\s|\n")
"""Where a sentence may end. Abbreviations make some contexts begin late; nothing but their looks depends on it."""


def context_of(report: Report, quote: Span) -> tuple[str, int]:
    """The words around `quote` in its section, at most MAX_CONTEXT, and where they begin in the report's text."""
    text = report.text
    section = next((s.span for s in report.sections if s.span.covers(quote)), Span(0, len(text)))
    room = max(MAX_CONTEXT - (quote.end - quote.start), 0)
    before = text[max(section.start, quote.start - room) : quote.start]
    after = text[quote.end : min(section.end, quote.end + room)]
    breaks = [match.end() for match in _ENDS.finditer(before)]
    start = quote.start - len(before) + (breaks[-1] if breaks else 0)
    end_of_sentence = _ENDS.search(text, max(quote.end - 1, quote.start), min(section.end, quote.end + room))
    end = end_of_sentence.end() if end_of_sentence else quote.end + len(after)
    if end - start > MAX_CONTEXT:
        start = max(start, quote.start - room // 2)
        end = start + MAX_CONTEXT
    found = text[start:end]
    return found.rstrip(), start
