"""A progress bar on standard error where that is a terminal; nothing at all where it is not."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from whoholds.cli.output import one_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

LABEL_WIDTH = 30


class Bar:
    """Counts reports, and before that shows how far something long has come (the first compile of the gazetteer)."""

    def __init__(self, total: int | None, *, shown: bool | None = None) -> None:
        """`total`: None where it is not known; `shown`: None for where standard error is a terminal."""
        self._total = total
        self._shown = sys.stderr.isatty() if shown is None else shown
        self._progress: Progress | None = None
        self._reports: TaskID | None = None
        self._setup: TaskID | None = None

    def __enter__(self) -> Self:
        if self._shown:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            from whoholds.cli.rate import Rate

            self._progress = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(bar_width=None),
                MofNCompleteColumn(),
                Rate(),
                TimeRemainingColumn(),
                console=Console(stderr=True, markup=False, highlight=False),
                transient=True,
            )
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress:
            self._progress.stop()

    def setup(self, fraction: float, text: str) -> None:
        """How far something is that comes before the reading: 0 to 1, and what it is."""
        if not self._progress:
            return
        if self._setup is None:
            self._setup = self._progress.add_task(one_line(text), total=100)
        self._progress.update(self._setup, completed=round(fraction * 100), description=one_line(text))
        if fraction >= 1:
            self._progress.remove_task(self._setup)
            self._setup = None

    def begin(self, label: str) -> None:
        """A report is about to be read."""
        if not self._progress:
            return
        short = one_line(label)[-LABEL_WIDTH:].ljust(LABEL_WIDTH)
        if self._reports is None:
            self._reports = self._progress.add_task(short, total=self._total)
        self._progress.update(self._reports, description=short)

    def advance(self, number: int = 1) -> None:
        if self._progress and self._reports is not None:
            self._progress.advance(self._reports, number)
