"""Judgements out of a spreadsheet: claims that were written to .xlsx, judged there by hand, and come back.

A row without a judgement and without a change says nothing. A changed field is a correction of that field. What cannot
be taken (a claim that is gone, that others changed since, a value that a field does not take) is listed, with its row,
and the other rows count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from whoholds.errors import InputError
from whoholds.model import Claim, Correction, Issue, Severity, Verdict
from whoholds.plain import is_tags
from whoholds.review.judging import FIELDS, Judge
from whoholds.review.standing import not_undone

SHEET = "claims"
ACCEPT, REJECT = "accept", "reject"
MOST = 1_048_576
"""Rows of a sheet (Excel's limit)."""
LARGEST = 300_000_000
"""Bytes of a file."""
Record = Mapping[str, object]


@dataclass(slots=True)
class Tally:
    """What a sheet came to."""

    accepted: int = 0
    rejected: int = 0
    changed: int = 0
    known: int = 0
    """Said before, by the same person and in the same words: a sheet may come back twice."""
    untouched: int = 0
    conflicts: int = 0

    @property
    def judgements(self) -> int:
        return self.accepted + self.rejected + self.changed


@dataclass(frozen=True, slots=True)
class Reader:
    """Takes a sheet into a ledger. `now` gives a claim's fields as a sheet would have them, and their hash.

    `look` raises InputError for changed fields that shall not be taken.
    """

    judge: Judge
    now: Callable[[Claim], tuple[Record, str]]
    look: Callable[[Record], None] = lambda _changes: None

    def take(self, path: Path, on_issue: Callable[[Issue], None]) -> Tally:
        """Judges by the rows of a file. Raises InputError where it is no sheet of claims."""
        tally, judge = Tally(), self.judge
        said = {c.claim_id: c for c in not_undone(judge.ledger.corrections()) if c.by == judge.by and c.claim_id}
        for number, row in _rows(path):
            try:
                self._row(row, tally, said)
            except InputError as error:
                tally.conflicts += 1
                on_issue(Issue("conflict", str(error), str(path), f"row {number}", Severity.ERROR))
        return tally

    def _row(self, row: dict[str, Any], tally: Tally, before: Mapping[str, Correction]) -> None:
        claim_id = str(row.get("id") or "")
        found = self.judge.ledger.claim(claim_id)
        if found is None:
            raise InputError(f"the ledger has no claim {claim_id or '(no id)'}; it may be read differently now")
        record, as_read = self.now(found[0])
        said = str(row.get("judgement") or "").strip().casefold()
        changes = {n: v for n, v in ((n, _value(n, row[n])) for n in FIELDS if n in row) if v != record.get(n)}
        if said not in ("", ACCEPT, REJECT):
            raise InputError(f"judgement {said!r}: write {ACCEPT} or {REJECT}, or leave it empty")
        if not said and not changes:
            tally.untouched += 1
            return
        if as_read != row.get("as_read"):
            raise InputError(
                f"claim {claim_id} was changed in the ledger since the sheet was written; write a new sheet"
            )
        if said and changes:
            raise InputError(f"claim {claim_id}: {said} and changed ({', '.join(changes)}); do one or the other")
        reason = str(row.get("because") or "").strip()
        verdict = {ACCEPT: Verdict.RIGHT, REJECT: Verdict.WRONG}.get(said, Verdict.CHANGED)
        becomes = (self.judge.corrected(claim_id, changes),) if changes else ()
        last = before.get(claim_id)
        if last and (last.verdict, last.reason, last.becomes) == (verdict, reason, becomes):
            tally.known += 1
        elif verdict is Verdict.RIGHT:
            self.judge.accept(claim_id, reason)
            tally.accepted += 1
        elif verdict is Verdict.WRONG:
            self.judge.reject(claim_id, reason)
            tally.rejected += 1
        else:
            self.look(changes)
            self.judge.change(claim_id, changes, reason)
            tally.changed += 1


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        import openpyxl
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError:
        raise InputError(f"{path}: reading a spreadsheet needs openpyxl: pip install 'whoholds[sheets]'") from None
    from zipfile import BadZipFile

    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path}: too large for a sheet of claims (at most {LARGEST // 1_000_000} MB)")
        # data_only: what a formula came to, never the formula.
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}). Check the path.") from error
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise InputError(f"{path}: no spreadsheet that can be read ({error}). Save it as .xlsx.") from error
    try:
        if SHEET not in book.sheetnames:
            raise InputError(f"{path}: it has no sheet {SHEET!r}. Write one with: whoholds export claims -o FILE.xlsx")
        rows = book[SHEET].iter_rows(max_row=MOST, values_only=True)
        names = [str(name) if name is not None else "" for name in next(rows, ())]
        if missing := [name for name in ("id", "as_read", "judgement") if name not in names]:
            raise InputError(f"{path}: the sheet has no column {', '.join(missing)}. Write a new one and judge there.")
        for number, values in enumerate(rows, 2):
            if any(value is not None for value in values) and not is_tags(values):
                yield number, dict(zip(names, values, strict=False))
    finally:
        book.close()


def _value(name: str, value: Any) -> Any:
    """A cell as the field it stands for."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if value is None or value == "":
        return [] if name == "jointly_with" else None
    if name == "jointly_with":
        return [part.strip() for part in str(value).split(";") if part.strip()]
    if name == "anonymous":
        return _flag(name, value)
    if name == "share":
        return _number(name, value)
    if name in ("quote_start", "quote_end"):
        return int(_number(name, value))
    return str(value).strip()


def _flag(name: str, value: Any) -> bool:
    said = str(value).strip().casefold()
    if said not in ("true", "false"):
        raise InputError(f"{name} is {value!r}: write true or false")
    return said == "true"


def _number(name: str, value: Any) -> float:
    try:
        return float(value)
    except ValueError:
        raise InputError(f"{name} is {value!r}, no number") from None
