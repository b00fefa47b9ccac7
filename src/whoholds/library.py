"""The shortest way to each answer, for notebooks and scripts. Everything here is put together from the parts below.

    import whoholds as wh

    wh.read("pages/", "anbar.db")                    # reports into a ledger
    wh.claims_in("The army took Ramadi on 9 February 2016.")
    with wh.Ledger.open("anbar.db") as ledger:
        weeks = wh.panel(ledger, every="week")       # an Arrow table; .to_pandas(), or polars.from_arrow(weeks)
        states = wh.arrow(ledger, "states", on=date(2016, 3, 13))

docs/library.md is the tutorial.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from whoholds.control.selection import View
from whoholds.days import AnyDay, as_day
from whoholds.errors import WhoholdsError
from whoholds.model import Claim, Issue, Report

if TYPE_CHECKING:
    import pyarrow

    from whoholds.gazetteer.added import Added
    from whoholds.ledger import Ledger
    from whoholds.pipeline import Reader
    from whoholds.sources import Opener
    from whoholds.sources.inputs import Given

Name = Literal["spells", "states", "panel", "events", "claims", "reports", "acled", "ged", "plover"]
Every = Literal["day", "week", "month"]
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(slots=True)
class Summary:
    """What one `read` came to."""

    new: int = 0
    """Reports that were not in the ledger before."""
    known: int = 0
    claims: int = 0
    """Of the new reports."""
    issues: list[Issue] = field(default_factory=list)
    """What could not be read, or is doubtful: in files, and in single reports."""


def read(
    inputs: Given,
    ledger: str | Path = "whoholds.db",
    *,
    today: AnyDay | None = None,
    processes: int = 1,
    progress: Callable[[Report], object] | None = None,
) -> Summary:
    """Read reports into a ledger, which is made where there is none; what it has already is passed over.

    `inputs`: files, folders, patterns and web addresses, as for `whoholds read`. `today`: the day of reading, which
    bounds the dates of reports. `processes`: how many read side by side. `progress` is told of every report that was
    read. Raises InputError where an input does not exist, before a ledger is made, LedgerError where the ledger cannot
    be used, WhoholdsError where `today` is no day.
    """
    from whoholds import sources
    from whoholds.ledger import Ledger
    from whoholds.pipeline import Reader
    from whoholds.pool import readers
    from whoholds.review.persons import join_spellings
    from whoholds.tasks import set_aside

    found = sources.find(inputs)
    reader, done = Reader(today=today), Summary()
    faults: list[Issue] = []
    with Ledger.open(ledger) as store:

        def wanted(opener: Opener) -> Iterator[Report]:
            for report in sources.reports(found, faults.append, opener=opener):
                if store.has(report.id, reader.made_by):
                    done.known += 1
                else:
                    yield report

        try:
            with readers(reader, processes) as them:
                for reading in them.read(wanted(them.open)):
                    done.issues.extend(reading.issues)
                    if set_aside(reading):
                        continue
                    if store.add(reading):
                        done.new += 1
                        done.claims += len(reading.claims)
                    if progress:
                        progress(reading.report)
        finally:
            store.add_issues(faults)
        join_spellings(store)
    done.issues[:0] = faults
    return done


def claims_in(
    text: str, *, published: str | None = None, label: str = "text", today: AnyDay | None = None
) -> list[Claim]:
    """The claims of one text in English.

    `published`: its date, as written ("2016-03-13", "13 March 2016"), where the text does not say it. The parts of the
    reader are loaded at the first call (some tenths of a second) and kept until gazetteers are added or removed. Raises
    WhoholdsError where `today` is no day.
    """
    from whoholds.gazetteer.added import Added
    from whoholds.sources.decode import clean
    from whoholds.sources.read import from_text
    from whoholds.sources.records import Record

    def ignore(_: Issue) -> None:
        pass

    plain = clean(text, label, ignore)
    digest = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
    record = Record(label, label, digest, plain, None, None, published, None, None, "en")
    report = from_text(plain, label, label, digest, ignore, record)
    reader = _reader(as_day(today, "today"), Added.load())
    return list(reader.read(report).claims) if report else []


@lru_cache(maxsize=4)
def _reader(today: date | None, added: Added) -> Reader:  # noqa: ARG001 - another list is another reader
    from whoholds.pipeline import Reader

    return Reader(sift=False, today=today)


def arrow(
    ledger: Ledger,
    what: Name,
    *,
    on: AnyDay | None = None,
    known: AnyDay | None = None,
    view: View | str = "all",
    every: Every = "week",
    since: AnyDay | None = None,
) -> pyarrow.Table:
    """A table of the record, as `whoholds export` writes it (docs/exports.md has the columns).

    `on`: as things stood on that day; `known`: by reports published up to that day; `view`: by some sources ("all",
    "side:gov:IRQ", "self-adverse", "without:The Paper"). Raises WhoholdsError where pyarrow is missing, a day is none,
    or there is no such table or period, ViewError where the view is none.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise WhoholdsError("Tables need pyarrow. Install it with: pip install 'whoholds[tables]'") from None
    from whoholds.exports.formats.arrow import whole
    from whoholds.exports.tables.what import What, table_of
    from whoholds.views.panel import Period
    from whoholds.views.question import Question

    question, first = Question.asked(on, known, view), as_day(since, "since")
    chosen, period = _one_of(What, what, "what"), _one_of(Period, every, "every")
    return whole(table_of(ledger, chosen, question, every=period, since=first))


def _one_of(choices: type[Choice], given: str, name: str) -> Choice:
    try:
        return choices(given)
    except ValueError:
        raise WhoholdsError(f"{name} is {given!r}, none of: {', '.join(choices)}.") from None


def panel(
    ledger: Ledger,
    every: Every = "week",
    *,
    since: AnyDay | None = None,
    on: AnyDay | None = None,
    known: AnyDay | None = None,
    view: View | str = "all",
) -> pyarrow.Table:
    """One row for each place and day, week or month: who held it on the last day, days of fighting, changes."""
    return arrow(ledger, "panel", on=on, known=known, view=view, every=every, since=since)
