"""Reading inputs through the pipeline, for the verbs that do: issues are collected, one bad report stops nothing."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from whoholds.cli.output import one_line, say
from whoholds.cli.progress import Bar
from whoholds.intake import Options
from whoholds.model import Issue, Report, Severity

if TYPE_CHECKING:
    from whoholds.pipeline import Reader, Reading
    from whoholds.sources.inputs import Inputs
    from whoholds.sources.web import Fetcher

FEW = 64
"""Reports that are read sooner by this process than by others that must first load their parts."""
KEPT = 20_000
"""Issues held in memory; a crawl has them by the million."""
AT_ONCE = 500
"""Issues that are stored together."""
MAX_LISTED = 100
"""Issues printed for people; all of them are in the ledger and in --format json."""


@dataclass(slots=True)
class Issues:
    """Issues as they come, in bounded memory: the first `KEPT` to be listed, and how many more there were."""

    kept: list[Issue] = field(default_factory=list)
    more: int = 0
    store: Callable[[list[Issue]], object] | None = None
    """Where all of them go, some hundred at a time."""
    _waiting: list[Issue] = field(default_factory=list)

    def add(self, issue: Issue) -> None:
        if len(self.kept) < KEPT:
            self.kept.append(issue)
        else:
            self.more += 1
        if self.store:
            self._waiting.append(issue)
            if len(self._waiting) >= AT_ONCE:
                self.flush()

    def flush(self) -> None:
        """Hand over those that wait."""
        waiting, self._waiting = self._waiting, []
        if self.store:
            self.store(waiting)


@dataclass(slots=True)
class Session:
    """The inputs of one command, read one report at a time."""

    inputs: Sequence[str]
    show_bar: bool | None = None
    """None: a bar where standard error is a terminal."""
    sift: bool = True
    """Leave reports that say nothing of war unread (`annotate.sieve`)."""
    options: Options = field(default_factory=Options)
    fetcher: Fetcher | None = None
    """Who fetches web addresses; None: one made for these inputs."""
    processes: int | None = None
    """None: one for each core where there is much to read, else this one."""
    today: date | None = None
    """The day of reading, where it bounds the dates of reports."""
    of_inputs: Issues = field(default_factory=Issues)
    """Faults of the inputs themselves."""
    of_readings: Issues = field(default_factory=Issues)
    """What the reader remarked about single reports."""
    done: int = 0
    """Reports read so far, those included that need not be read."""
    skipped: int = 0
    warning: str | None = None
    """What hinders this program here, apart from any input (a cache folder that cannot be written)."""
    _found: Inputs | None = None

    def look(self) -> Inputs:
        """What the inputs come to; a folder is gone through once. Raises InputError where one does not exist."""
        from whoholds import sources

        if self._found is None:
            self._found = sources.find(self.inputs)
        return self._found

    @property
    def issues(self) -> list[Issue]:
        return self.of_inputs.kept + self.of_readings.kept

    def readings(self, skip: Callable[[Report, str], bool] | None = None) -> Generator[Reading]:
        """What is read in each report. `skip(report, made_by)` says whether one need not be read.

        Raises InputError, before anything is read, where an input does not exist.
        """
        from whoholds import sources
        from whoholds.pool import cores, readers
        from whoholds.tasks import set_aside

        total = sources.count(self.look())
        with Bar(total, shown=self.show_bar) as bar:
            from whoholds.pipeline import Reader

            reader = Reader(progress=bar.setup)
            reader.sift, reader.today = self.sift, self.today
            few = total is not None and total <= FEW
            with readers(reader, self.processes or (1 if few else cores())) as them:
                found = sources.reports(
                    self.look(), self.of_inputs.add, options=self.options, opener=them.open, fetcher=self.fetcher
                )
                for reading in them.read(self._wanted(found, skip, reader, bar)):
                    bar.advance()
                    for issue in reading.issues:
                        self.of_readings.add(issue)
                    if set_aside(reading):
                        continue  # the next run tries it again
                    self.done += 1
                    yield reading
            self.warning = getattr(reader, "warning", None)

    def _wanted(
        self, found: Iterator[Report], skip: Callable[[Report, str], bool] | None, reader: Reader, bar: Bar
    ) -> Iterator[Report]:
        """The reports that have to be read."""
        for report in found:
            bar.begin(report.label)
            if skip and skip(report, reader.made_by):
                self.done += 1
                self.skipped += 1
                bar.advance()
            else:
                yield report

    def list_issues(self) -> None:
        """Print the issues on standard error, the worst first; many are cut short."""
        order = list(Severity)
        ranked = sorted(self.issues, key=lambda issue: order.index(issue.severity))
        for issue in ranked[:MAX_LISTED]:
            say(f"{issue.severity}: {one_line(str(issue))}")
        if (more := len(ranked) - MAX_LISTED + self.of_inputs.more + self.of_readings.more) > 0:
            say(f"... and {more} more issues.")
        if self.warning:
            say(f"note: {self.warning}")
