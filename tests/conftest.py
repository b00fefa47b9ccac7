"""Hand-made reports, claims and readings for all tests.

    def test_x(factory):
        claim = factory.claim("gains", "gov:IRQ", "Ramadi", "2016-02-09", published="2016-02-10")

A claim without a report of its own gets one, whose text is made from its fields, so that all its spans are real.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import postgres_server
from postgres_server import Server
from whoholds.ledger import Ledger
from whoholds.model import (
    Anchors,
    Claim,
    Issue,
    Kind,
    Mention,
    MentionType,
    Mode,
    Place,
    Report,
    Role,
    Section,
    Span,
    Stance,
    Voice,
    When,
)
from whoholds.pipeline import Reading

PLACES = {
    place.name: place
    for place in (
        Place("Ramadi", place_id="test:ramadi", lat=33.42, lon=43.31, radius_km=5.0, country="IRQ", basis="gazetteer"),
        Place("Rutba", place_id="test:rutba", lat=33.04, lon=40.28, radius_km=3.0, country="IRQ", basis="gazetteer"),
        Place("Lyman", place_id="test:lyman", lat=48.99, lon=37.81, radius_km=3.0, country="UKR", basis="gazetteer"),
        Place("Ghnayman", place_id="name:ghnayman", country="SYR"),
    )
}


class Factory:
    """Makes model objects from few words, and remembers the reports, so that claims can be stored."""

    def __init__(self) -> None:
        self.reports: dict[str, Report] = {}

    @staticmethod
    def when(given: Any) -> When | None:
        """A When of "2016-02-09", ("2016-02-01", "2016-02-29") with None for an open end, a When, or None."""
        if given is None or isinstance(given, When):
            return given
        start, end = given if isinstance(given, tuple) else (given, given)
        return When(date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None, "stated")

    def report(self, text: str, label: str = "report.txt", published: Any = "2016-03-13", **fields: Any) -> Report:
        fields.setdefault("sections", (Section(Span(0, len(text)), Role.BODY),))
        made = Report(label, text, published=self.when(published), raw_hash="0" * 64, source=label, **fields)
        self.reports[made.id] = made
        return made

    def claim(
        self,
        kind: str = "gains",
        actor: str | None = "gov:IRQ",
        place: str | Place = "Ramadi",
        when: Any = "2016-02-09",
        *,
        published: Any = "2016-03-13",
        of: Report | None = None,
        quote: str | None = None,
        label: str = "report.txt",
        voice: Voice | None = None,
        **fields: Any,
    ) -> Claim:
        where = place if isinstance(place, Place) else PLACES.get(place) or Place(place)
        if of is None:
            quote = quote or f"{actor} {kind} {where.name}"
            said = f"(no. {len(self.reports)}, {label} of {published}: {when}, {voice}, {sorted(fields.items())})"
            of = self.report(f"{quote}. {said}", label, published)
        words = quote or of.text
        start = of.text.index(words)
        at = max(of.text.find(where.name, start), start)
        span = Span(start, start + len(words))
        return Claim(
            report=of.label,
            report_id=of.id,
            kind=Kind(kind),
            actor=actor,
            place=where,
            when=self.when(when) or When(None, None),
            mode=Mode(fields.pop("mode", "asserted")),
            stance=Stance(fields.pop("stance", "plain")),
            quote=span,
            quote_text=words,
            anchors=fields.pop("anchors", Anchors(cue=span, place=Span(at, at + len(where.name)))),
            voices=fields.pop("voices", (voice,) if voice else ()),
            published=of.published,
            outlet=of.outlet,
            confidence=fields.pop("confidence", 0.8),
            made_by="v1",
            **fields,
        )

    def readings(self, *claims: Claim) -> list[Reading]:
        """One reading for each report of the claims, in the order of their first claim."""
        by_report: dict[str, list[Claim]] = {}
        for claim in claims:
            by_report.setdefault(claim.report_id, []).append(claim)
        return [Reading(self.reports[name], tuple(its), made_by="v1") for name, its in by_report.items()]

    def reading(self, *claims: Claim, **fields: Any) -> Reading:
        (only,) = self.readings(*claims)
        return replace(only, **fields)

    def store(self, ledger: Ledger, *claims: Claim) -> None:
        for reading in self.readings(*claims):
            ledger.add(reading)


@pytest.fixture(autouse=True)
def no_own_gazetteers(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What whoever runs the tests added to their gazetteer is none of the tests' business."""
    monkeypatch.setenv("WHOHOLDS_DATA", str(tmp_path_factory.getbasetemp() / "no data"))


@pytest.fixture
def factory() -> Factory:
    return Factory()


@pytest.fixture(scope="session")
def factories() -> type[Factory]:
    """For what lives longer than one test."""
    return Factory


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger in a file."""
    with Ledger.open(tmp_path / "test.db") as opened:
        yield opened


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of our own; `postgres.ledger()` is an address without a ledger."""
    if postgres_server.programs() is None:
        reason = "no PostgreSQL server is installed (Debian: apt-get install postgresql)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with postgres_server.running() as server:
        yield server


class FakeReader:
    """Stands in for `pipeline.Reader`, so that the commands are tested without the parser.

    A line such as "gains gov:IRQ Ramadi 2016-02-09" is a claim, "issue" an issue, "crash" a fault of the reader.
    """

    made_by = "fake"
    pause_s = 0.0

    def __init__(self, progress: Any = None) -> None:
        if progress:
            progress(0.5, "Compiling")
            progress(1.0, "Compiling")

    def read(self, report: Report) -> Reading:
        time.sleep(self.pause_s)
        factory = Factory()
        if not report.lang.startswith("en"):
            found = (Issue("not-english", "in another language", report.source),)
            return Reading(report, issues=found, made_by=self.made_by)
        dated = replace(report, published=report.published or factory.when("2016-03-13"))
        claims, mentions, issues = [], [], []
        for line in report.text.splitlines():
            words = line.split()
            if words == ["crash"]:
                raise RuntimeError("a fault of the reader")
            if words == ["issue"]:
                issues.append(Issue("odd", "something odd [bold]\x1b[31m", report.source, "line 1"))
            elif len(words) == 4 and words[0] in list(Kind):
                kind, actor, place, when = words
                claims.append(factory.claim(kind, actor, place, when, of=dated, quote=line.strip()))
                at = Span(report.text.index(actor), report.text.index(actor) + len(actor))
                mentions.append(Mention(MentionType.ACTOR, at, actor, actor, "lexicon"))
        return Reading(dated, tuple(claims), tuple(mentions), tuple(issues), self.made_by)


@pytest.fixture
def fake_reader(monkeypatch: pytest.MonkeyPatch) -> type[FakeReader]:
    import whoholds.pool  # noqa: F401  (at its import it takes the reader's class, which is to be the true one)

    monkeypatch.setattr("whoholds.pipeline.Reader", FakeReader)
    return FakeReader


@pytest.fixture(scope="session")
def fake_reader_class() -> type[FakeReader]:
    return FakeReader
