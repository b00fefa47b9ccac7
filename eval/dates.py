"""Measure the report's own date on the development reports.

    python eval/dates.py

`gold/dev_reports.dates.csv` gives the day on which each report was published, read by hand from its head; the
held-out fifth (`corpora.py`) is not in it. Prints how many are right to the day, and which are wrong; a wrong date
without an issue that warns of it is counted apart. Exit code 1 where less than 95 % are right or one is wrong
unwarned, 2 where the reports are not present.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from corpora import ROOT, chosen, is_held_out
from whoholds.model import Report
from whoholds.resolve.dates import report_date
from whoholds.sources import reports

GOLD = ROOT / "eval/gold/dev_reports.dates.csv"
CORPUS = "dev_reports"
LEAST = 0.95


@dataclass(frozen=True, slots=True)
class Wrong:
    """A report whose date was not read right; `warned` where an issue says that its date is in doubt."""

    report: str
    expected: date
    found: str
    warned: bool


def gold() -> dict[str, date]:
    """Report → day of publication."""
    with GOLD.open(encoding="utf-8", newline="") as file:
        found = {row["report"]: date.fromisoformat(row["published"]) for row in csv.DictReader(file)}
    if held := [label for label in found if is_held_out(label)]:
        raise ValueError(f"{GOLD.name}: held-out reports are not to be dated by hand: {', '.join(held)}")
    return found


def present() -> list[Report] | None:
    """The corpus's reports without the held-out fifth; None where it is absent."""
    corpora = chosen([CORPUS])
    if not corpora:
        return None
    read = reports([str(corpora[0].inputs)], lambda issue: print(issue, file=sys.stderr))
    return [report for report in read if not is_held_out(report.label)]


def errors(expected: Mapping[str, date], read: list[Report]) -> list[Wrong]:
    """The reports dated otherwise than expected, those left undated included."""
    wrong: list[Wrong] = []
    for report in read:
        day = expected.get(report.label)
        if day is None:
            continue
        when, issues = report_date(report)
        if when is None or (when.start, when.end) != (day, day):
            found = f"{when.start} to {when.end}, {when.basis}" if when else "no date"
            wrong.append(Wrong(report.label, day, found, when is None or bool(issues)))
    return wrong


def main() -> int:
    expected, read = gold(), present()
    if read is None:
        print(f"{CORPUS} is not present", file=sys.stderr)
        return 2
    wrong = errors(expected, read)
    number = sum(report.label in expected for report in read)
    right = number - len(wrong)
    print(f"published, right to the day: {right / number:.3f} ({right} of {number} reports that state or imply it)")
    for w in wrong:
        print(f"  {w.report}: {w.expected} expected, {w.found}{'' if w.warned else ' and no issue'}")
    unwarned = sum(not w.warned for w in wrong)
    print(f"wrong without an issue: {unwarned}")
    return int(right < LEAST * number or unwarned > 0)


if __name__ == "__main__":
    sys.exit(main())
