"""Reading inputs through the pipeline, for the verbs that do: issues are collected, one bad report stops nothing."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from whoholds.cli.output import one_line, say
from whoholds.cli.progress import Bar
from whoholds.errors import WhoholdsError
from whoholds.model import Issue, Report, Severity

if TYPE_CHECKING:
    from whoholds.pipeline import Reader, Reading

MAX_LISTED = 100
"""Issues printed for people; all of them are in the ledger and in --format json."""


@dataclass(slots=True)
class Session:
    """The inputs of one command, read one report at a time."""

    inputs: Sequence[str]
    show_bar: bool | None = None
    """None: a bar where standard error is a terminal."""
    sift: bool = True
    """Leave reports that say nothing of war unread (`annotate.sieve`)."""
    of_inputs: list[Issue] = field(default_factory=list)
    """Faults of the inputs themselves."""
    of_readings: list[Issue] = field(default_factory=list)
    """What the reader remarked about single reports."""
    done: int = 0
    """Reports read so far, those included that need not be read."""
    skipped: int = 0
    warning: str | None = None
    """What hinders this program here, apart from any input (a cache folder that cannot be written)."""

    @property
    def issues(self) -> list[Issue]:
        return self.of_inputs + self.of_readings

    def readings(self, skip: Callable[[Report, str], bool] | None = None) -> Generator[Reading]:
        """What is read in each report. `skip(report, made_by)` says whether one need not be read.

        Raises InputError, before anything is read, where an input does not exist.
        """
        from whoholds import sources

        total = sources.count(self.inputs)
        with Bar(total, shown=self.show_bar) as bar:
            from whoholds.pipeline import Reader

            reader = Reader(progress=bar.setup)
            reader.sift = self.sift
            for report in sources.reports(self.inputs, self.of_inputs.append):
                bar.begin(report.label)
                if skip and skip(report, reader.made_by):
                    self.done += 1
                    self.skipped += 1
                elif reading := self._read(reader, report):
                    self.done += 1
                    self.of_readings.extend(reading.issues)
                    yield reading
                bar.advance()
            self.warning = getattr(reader, "warning", None)

    def _read(self, reader: Reader, report: Report) -> Reading | None:
        try:
            return reader.read(report)
        except WhoholdsError:
            raise
        except Exception as error:
            from whoholds.pipeline import failure

            self.of_inputs.append(failure(report, error))
            return None

    def list_issues(self) -> None:
        """Print the issues on standard error, the worst first; many are cut short."""
        order = list(Severity)
        ranked = sorted(self.issues, key=lambda issue: order.index(issue.severity))
        for issue in ranked[:MAX_LISTED]:
            say(f"{issue.severity}: {one_line(str(issue))}")
        if len(ranked) > MAX_LISTED:
            say(f"... and {len(ranked) - MAX_LISTED} more issues.")
        if self.warning:
            say(f"note: {self.warning}")
