"""Reports from files, folders, patterns and standard input: pages, tables, feeds, messages, archives (`formats`).

    from whoholds.sources import reports
    for report in reports(["pages/", "more.jsonl"], on_issue=print): ...

What is wrong with the request (a path that does not exist) is an `InputError`, raised before anything is read. What
is wrong inside the files is an `Issue`, and the rest is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from whoholds.intake import Options
from whoholds.model import Issue, Report
from whoholds.sources.formats import format_of
from whoholds.sources.found import Finder, Opened, Unopened, unopened
from whoholds.sources.inputs import JSONL, STDIN, Given, Inputs, find, is_address
from whoholds.sources.labels import Labels
from whoholds.sources.layout import lay_out
from whoholds.sources.read import MAX_TEXT, found_in, found_on_stdin, open_one

if TYPE_CHECKING:
    from whoholds.sources.web import Fetcher

Opener = Callable[[Iterable[Unopened]], Iterator[Opened]]

__all__ = ["MAX_TEXT", "Options", "count", "find", "lay_out", "reports"]


def reports(
    inputs: Given | Inputs,
    on_issue: Callable[[Issue], None],
    *,
    stdin: BinaryIO | None = None,
    options: Options | None = None,
    opener: Opener | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Report]:
    """The reports in `inputs`, one at a time, in order: files, folders (recursive, sorted), patterns, and `-`.

    Raises `InputError`, at once and before anything is read, listing every input that does not exist, matches nothing,
    cannot be listed or is of an unknown kind. Faults inside files go to `on_issue`. A file named twice is read once.
    Web addresses among them are fetched, one after the other: by `fetcher`, which stays open, else by one for them all.
    `opener` takes pages apart, in order; left out, this process does it, one after the other.
    One input needs no list. What `find` found may be given in place of the inputs.
    """
    found, options = _found(inputs), options or Options()
    ours = None if fetcher else _fetcher(found.paths, options)
    finders = [_finder(path, stdin, options, fetcher or ours) for path in found.paths]
    return _read(finders, found.issues, on_issue, opener or _open_each, ours)


def _fetcher(paths: Iterable[str], options: Options) -> Fetcher | None:
    """One for all addresses, so that a host is asked once a second, however many of its pages were named."""
    if not any(is_address(path) for path in paths):
        return None
    from whoholds.sources.web import Fetcher, Limits

    return Fetcher(Limits(private=options.private))


def count(inputs: Given | Inputs) -> int | None:
    """How many reports `inputs` hold at most, for a progress bar: files, and lines with something on them in JSONL.

    A message counts as one, whatever messages are inside it.
    None where that is not known before they are read (archives, tables, feeds, web addresses). Standard input counts
    as one. Raises `InputError` as `reports` does.
    """
    paths = _found(inputs).paths
    if any(is_address(path) or ((kind := format_of(path)) and kind.many) for path in paths):
        return None
    return sum(_lines(path) if path != STDIN and path.lower().endswith(JSONL) else 1 for path in paths)


def _found(inputs: Given | Inputs) -> Inputs:
    return inputs if isinstance(inputs, Inputs) else find(inputs)


def _lines(path: str) -> int:
    if not Path(path).is_file():
        return 1
    number, blank = 0, True
    try:
        with Path(path).open("rb") as file:
            while block := file.read(1 << 20):
                *whole, last = block.split(b"\n")
                for line in whole:
                    blank = blank and not line.strip()
                    number, blank = number + (not blank), True
                blank = blank and not last.strip()
    except OSError:
        return 1
    return number + (not blank)


def _finder(path: str, stdin: BinaryIO | None, options: Options, fetcher: Fetcher | None) -> Finder:
    if path == STDIN:
        return partial(found_on_stdin, stdin)
    if fetcher and is_address(path):
        from whoholds.sources.web import records

        return lambda note: records(path, fetcher, note, options.most)
    return partial(found_in, path, options=options)


def _open_each(found: Iterable[Unopened]) -> Iterator[Opened]:
    return map(open_one, found)


def _read(
    finders: Iterable[Finder],
    issues: list[Issue],
    on_issue: Callable[[Issue], None],
    opener: Opener,
    ours: Fetcher | None,
) -> Iterator[Report]:
    for issue in issues:
        on_issue(issue)
    labels = Labels(on_issue)
    with ours or nullcontext():
        for opened in opener(unopened(finders, on_issue)):
            for issue in opened.issues:
                on_issue(issue)
            if opened.report:
                labels.note(opened.report)
                yield opened.report
