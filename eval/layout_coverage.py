"""How much of what gold claims quote lies in sections that can carry claims, and how much text each role takes.

    python eval/layout_coverage.py GOLD.jsonl REPORTS... [--list]

`REPORTS` are the files, folders or JSONL that the gold file was written on. `--list` prints every section that is not
body, and every quote that is out of reach, for reading by eye. Exit code 1 below the floor.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

from whoholds.model import Report, Role
from whoholds.sources import reports

FLOOR = 0.995
"""Share of the quotes found in the reports' texts; below it layout loses claims."""


def reachable(report: Report, quote: str) -> bool:
    start = report.text.find(quote)
    while start >= 0:
        for section in report.sections:
            inside = section.span.start <= start and start + len(quote) <= section.span.end
            if inside and section.role.can_carry_claims:
                return True
        start = report.text.find(quote, start + 1)
    return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("reports", nargs="+")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    quotes: dict[str, list[str]] = defaultdict(list)
    for line in options.gold.read_text("utf-8").splitlines():
        claim = json.loads(line)
        quotes[claim["report"]].append(claim["quote"])
    characters: Counter[str] = Counter()
    found = lost = elsewhere = 0
    for report in reports(options.reports, lambda issue: print(issue, file=sys.stderr)):
        for section in report.sections:
            words = section.span.of(report.text)
            characters[section.role.value] += len(words)
            if options.list and section.role is not Role.BODY:
                print(f"{report.label}\t{section.role.value}\t{words[:100]!r}")
        for quote in quotes[report.label]:
            if quote not in report.text:
                elsewhere += 1
            elif reachable(report, quote):
                found += 1
            else:
                lost += 1
                print(f"{report.label}\tout of reach\t{quote!r}")
    share = found / max(1, found + lost)
    print(
        f"{found} of {found + lost} quotes in reach ({share:.2%}); {elsewhere} are not in the text (titles beside it)"
    )
    print(", ".join(f"{role} {number}" for role, number in characters.most_common()), "characters")
    return 0 if share >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
