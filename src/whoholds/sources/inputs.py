"""What was given on the command line → the files to read, checked up front."""

from __future__ import annotations

import glob
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from whoholds.errors import InputError
from whoholds.model import Issue, Severity
from whoholds.sources.formats import format_of
from whoholds.sources.records import web_address

TEXT, HTML, JSONL = (".txt", ".text"), (".html", ".htm", ".xhtml"), (".jsonl", ".ndjson")
PLAIN = TEXT + HTML + JSONL
STDIN = "-"
KINDS = ".txt, .html, .jsonl, .csv, .parquet, .pdf, .eml, .mhtml, .warc, .wacz, .rss, .xml or a Telegram .json"
Given = str | Path | Iterable[str | Path]
"""One input or several."""
WHY_NOT = {".docx": "save it as text or PDF", ".doc": "save it as text or PDF", ".zip": "unpack it first"}


@dataclass(slots=True)
class Inputs:
    """The files to read, in order, without doubles; `-` stands for standard input."""

    paths: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def add(self, path: str) -> None:
        real = path if path == STDIN or is_address(path) else os.path.realpath(path)
        if real not in self._seen:
            self._seen.add(real)
            self.paths.append(path)


def is_address(given: str) -> bool:
    """Whether an input is a web address rather than a path."""
    return given.lower().startswith(("http://", "https://"))


def is_known(path: str) -> bool:
    """Whether a file of this name is of a kind that is read."""
    return Path(path).suffix.lower() in PLAIN or format_of(path) is not None


def find(inputs: Given) -> Inputs:
    """Expand files, folders, globs and `-`.

    Raises `InputError` listing every input that does not exist, matches nothing or cannot be listed; nothing is opened
    before all have been checked. A file of a kind that is not read costs only itself, where there are others.
    """
    found = Inputs()
    for given in _each(inputs):
        _expand(given, found)
    if found.faults or not found.paths:
        unread = [f"{issue.source} is {issue.message}" for issue in found.issues if issue.code == "unknown-kind"]
        if found.faults or unread:
            raise InputError("\n".join([*found.faults, *unread]))
    return found


def _each(inputs: Given) -> Iterator[str]:
    one = isinstance(inputs, str | Path | bytes)  # bytes would be taken for a list of numbers
    several: Iterable[object] = inputs if isinstance(inputs, Iterable) and not one else [inputs]
    for given in several:
        if not isinstance(given, str | Path):
            raise InputError(f"{given!r} is no path: give a str or a Path, or several in a list")
        yield str(given)


def _expand(given: str, found: Inputs) -> None:
    if given == STDIN:
        found.add(STDIN)
        return
    if is_address(given):
        if web_address(given):
            found.add(given)
        else:
            found.faults.append(f"{given!r} is not a web address that can be fetched; check it")
        return
    try:
        exists, is_folder = os.path.lexists(given), Path(given).is_dir()
    except (OSError, ValueError) as error:
        found.faults.append(f"{given!r} is not a usable path ({error}); give a file, a folder or -")
        return
    if is_folder:
        _folder(given, found)
    elif exists:
        _file(given, found)
    elif glob.has_magic(given):
        _glob(given, found)
    else:
        found.faults.append(
            f"{given} does not exist; check the path, or give a folder or a pattern such as 'pages/*.txt'"
        )


def _file(given: str, found: Inputs) -> None:
    if is_known(given):
        found.add(given)
        return
    suffix = Path(given).suffix.lower()
    why = WHY_NOT.get(suffix, f"only {KINDS} are read")
    words = f"of a kind that is not read: {why}; rename it if it is text, or pipe it in with -"
    found.issues.append(Issue("unknown-kind", words, given, severity=Severity.ERROR))


def _glob(given: str, found: Inputs) -> None:
    matches = sorted(glob.glob(given, recursive=True))  # noqa: PTH207 (patterns may be absolute)
    files = [path for path in matches if not Path(path).is_dir()]
    known = [path for path in files if is_known(path)]
    for path in matches:
        if Path(path).is_dir() and "**" not in given:
            _folder(path, found)
    for path in known:
        found.add(path)
    _summarise(given, Counter(Path(path).suffix.lower() for path in files if path not in set(known)), found)
    if not matches:
        found.faults.append(f"{given} matches nothing; check the pattern (quote it, so that the shell leaves it alone)")
    elif not known and len(files) == len(matches):
        found.faults.append(f"{given} matches no file of a kind that is read ({KINDS})")


def _folder(given: str, found: Inputs) -> None:
    before, others = len(found.paths) + len(found.issues), Counter[str]()
    try:
        os.scandir(given).close()
    except OSError as error:
        found.faults.append(f"{given} cannot be listed ({error.strerror}); check its permissions")
        return
    known_before = len(found._seen)
    for path in _walk(given, found):
        fault = _not_a_file(path)
        if fault:
            found.issues.append(Issue("not-a-file", f"{fault}; passed over", path))
        elif is_known(path):
            found.add(path)
        else:
            others[Path(path).suffix.lower()] += 1
    nothing = len(found._seen) == known_before and len(found.paths) + len(found.issues) == before
    _summarise(given, others, found)
    if nothing and not _was_given(given, found):
        found.faults.append(f"{given} holds no file of a kind that is read ({KINDS}); check the path")


def _was_given(folder: str, found: Inputs) -> bool:
    """True where files of this folder were already taken through another input."""
    root = os.path.realpath(folder) + os.sep
    return any(real.startswith(root) for real in found._seen)


def _walk(folder: str, found: Inputs) -> Iterator[str]:
    """Files below `folder`, sorted, hidden ones skipped, links to folders not followed (they may go round)."""

    def refused(error: OSError) -> None:
        message = f"this folder cannot be listed ({error.strerror}); check its permissions"
        found.issues.append(Issue("no-permission", message, str(error.filename), severity=Severity.ERROR))

    for base, folders, files in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield os.path.join(base, name)  # noqa: PTH118 (keeps the path as the user gave it)


def _not_a_file(path: str) -> str | None:
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
    except FileNotFoundError:
        return "a link to a file that is not there"
    except OSError as error:
        return f"cannot be looked at ({error.strerror})"
    if stat.S_ISREG(mode):
        return None
    kinds = (
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISBLK, "a device"),
        (stat.S_ISCHR, "a device"),
    )
    return next((words for test, words in kinds if test(mode)), "not a file")


def _summarise(given: str, others: Counter[str], found: Inputs) -> None:
    for suffix, number in sorted(others.items()):
        why = f" ({WHY_NOT[suffix]})" if suffix in WHY_NOT else ""
        what = f"{number} file{'s' if number > 1 else ''} {'ending in ' + suffix if suffix else 'without a suffix'}"
        found.issues.append(Issue("passed-over", f"{what} passed over{why}", given, severity=Severity.NOTE))
