"""What is done with one thing at a time: a page is taken apart, or a report is read; and who does it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from whoholds.model import Issue, Report, Severity
from whoholds.pipeline import Reader, Reading, attempt
from whoholds.sources.found import Opened, Page, Unopened
from whoholds.sources.read import open_one

In = TypeVar("In")
Out = TypeVar("Out")

MARKUP = 10
"""Characters of a page's markup that take as long as one of a report."""
HARD = 250_000
"""Bytes of a page of markup that may keep its parser for long: no alarm reaches that, only an end of its process."""
NOT_READ = ("reader-failed", "reader-stalled", "reader-crashed")
"""A report set aside with one of these was not read."""


@dataclass(frozen=True, slots=True)
class Task(Generic[In, Out]):
    """One kind of work."""

    do: Callable[[Reader, In], Out]
    """A function of a module, as it goes to another process by its name. No fault of the data may make it raise."""
    size: Callable[[In], int]
    """How much there is to do, in characters of a report."""
    lost: Callable[[In, str, int | None], Out]
    """What stands for the result where the process "stalled" or "crashed", with its exit code."""
    hard: Callable[[In], bool] = lambda _: False
    """Whether it is to be done in another process, also where few things are to be done."""


def set_aside(reading: Reading) -> bool:
    """Whether a report came back unread: it does not go into the ledger, and the next run tries it again."""
    return any(issue.code in NOT_READ for issue in reading.issues)


def lost_reading(report: Report, why: str, code: int | None) -> Reading:
    """A report that was set aside."""
    return Reading(report, issues=(_issue("report", report.source or report.label, why, code),))


def _open(_: Reader, one: Unopened) -> Opened:
    return open_one(one)


def _lost_page(one: Unopened, why: str, code: int | None) -> Opened:
    return Opened(None, (*one.issues, _issue("page", _source(one), why, code)))


def _source(one: Unopened) -> str:
    return one.found.source if one.found else ""


def _size(one: Unopened) -> int:
    if one.found is None:
        return 0
    if isinstance(one.found, Page):
        return len(one.found.raw) // MARKUP
    return len(one.found.text or "") + len(one.found.html or "") // MARKUP


def _hard(one: Unopened) -> bool:
    found = one.found
    if isinstance(found, Page):
        return len(found.raw) > HARD and (found.is_html or found.kind is not None)
    return found is not None and found.text is None and len(found.html or "") > HARD


def _issue(what: str, source: str, why: str, code: int | None) -> Issue:
    did = "took too long" if why == "stalled" else f"ended the process that read it (exit code {code})"
    message = f"the {what} {did}; it is set aside, the others are not affected. Please send it to the project as a bug"
    return Issue(f"reader-{why}", message, source, severity=Severity.ERROR)


READ: Task[Report, Reading] = Task(attempt, lambda report: len(report.text), lost_reading)
OPEN: Task[Unopened, Opened] = Task(_open, _size, _lost_page, _hard)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one thing may keep a processor: `seconds`, and one more for every `characters`.

    By the clock it may take `slack` times as long: a machine that is busy with other things is no fault of a report.
    """

    seconds: float = 60.0
    characters: int = 5_000
    slack: float = 20.0

    def of(self, size: int) -> float:
        """Seconds of a processor for so many characters."""
        return self.seconds + size / self.characters


class Readers(ABC):
    """Who does tasks: this process (`alone.Alone`) or several (`pool.Pool`), with the same results."""

    @abstractmethod
    def each(self, task: Task[In, Out], items: Iterable[In]) -> Iterator[Out]:
        """What comes of each item, in their order; of one that takes too long, what stands for it (`Task.lost`).

        Raises the `WhoholdsError` of a reader that cannot load its parts.
        """

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """What is read in each report. A report that fails gives a reading with that issue alone. Raises as `each`."""
        return self.each(READ, reports)

    def open(self, found: Iterable[Unopened]) -> Iterator[Opened]:
        """The report of each page that was found. May go on while `read` does, and feed it."""
        return self.each(OPEN, found)
