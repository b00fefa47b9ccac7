"""What may be a report, on its way from where it was found to where it is taken apart (`sources.read`, `pool`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from whoholds.model import Issue, OnIssue, Report
from whoholds.sources.formats import Format
from whoholds.sources.records import Record

WAITING = 1_000
"""Issues that wait for something to go with."""


@dataclass(frozen=True, slots=True)
class Page:
    """A file or an answer that is one page, as it is."""

    raw: bytes
    source: str
    label: str
    is_html: bool = False
    """By its name."""
    kind: Format | None = None
    """Of a PDF, a message, a saved page: who takes it apart."""
    said: Mapping[str, str | None] = field(default_factory=dict)
    """What came beside it, as fields of a `Record`: they go before what stands in it."""


Found = Page | Record
Finder = Callable[[OnIssue], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Unopened:
    """What may be a report, and the issues on the way to it; at the end issues alone."""

    found: Found | None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """What an `Unopened` came to; its issues in their order."""

    report: Report | None
    issues: tuple[Issue, ...] = ()


def unopened(finders: Iterable[Finder], too_many: OnIssue | None = None) -> Iterator[Unopened]:
    """What is found in several inputs, one after the other.

    `too_many`: gets the issues where `WAITING` of them come without anything else, so that memory stays bounded.
    """
    waiting: list[Issue] = []

    def note(issue: Issue) -> None:
        waiting.append(issue)
        if too_many and len(waiting) >= WAITING:
            for one in waiting:
                too_many(one)
            waiting.clear()

    for finder in finders:
        for found in finder(note):
            issues = tuple(waiting)
            waiting.clear()
            yield Unopened(found, issues)
    if waiting:
        yield Unopened(None, tuple(waiting))
