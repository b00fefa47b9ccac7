"""Write the accuracy table of the documents anew from what is measured: `python eval/tables.py`.

README.md and docs/accuracy.md hold the same table between two marks. The held-out column is core F1 on the fifth of
the reports whose errors nobody looked at (corpora.py).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime

from corpora import ROOT, apart, chosen
from run import Result, run
from score import RINGS

PAGES = (ROOT / "README.md", ROOT / "docs/accuracy.md")
TABLE = re.compile(r"<!-- accuracy:.*?<!-- /accuracy -->", re.DOTALL)
ABOUT = {
    "examples": "`examples`: the sample reports",
    "wars": "`wars`: invented reports on rarer wars",
    "seeds": "`seeds`: the two first pages",
    "wp": "`wp`: encyclopedia passages",
    "dev_reports": "`dev_reports`: page texts, many wars",
    "re3d": "`re3d`: statements",
    "all": "all",
    "retold": "apart: `retold`, harder pages told anew, looked at",
    "unseen": "apart: `unseen`, their like that nobody looked at",
    "fresh": "apart: `fresh`, news of ten and ten wars, counted in no choice",
    "varied": "apart: `varied`, wars of all continents in rich prose",
    "scraped": "apart: `scraped`, news pages on 64 wars as they are scraped",
}


def table(results: Sequence[Result], on: date) -> str:
    """The table between its marks, with the day it was measured."""
    rows = [
        f"<!-- accuracy: written by eval/tables.py on {on} -->",
        "| F1 | reports | core | strict | dated | grounded | held out (core) |",
        "|---|---|---|---|---|---|---|",
    ]
    for r in results:
        figures = " | ".join(f"{r.rings[ring].f1:.2f}" for ring in RINGS)
        held = f"{r.held_out['core'].f1:.2f} ({r.held_out_reports})" if r.held_out_reports else ""
        rows.append(f"| {ABOUT.get(r.name, r.name)} | {r.reports} | {figures} | {held} |")
    return "\n".join([*rows, "<!-- /accuracy -->"])


def filled(page: str, text: str) -> str:
    """The page with its table replaced. Raises ValueError where it has none."""
    if not TABLE.search(page):
        raise ValueError("no accuracy table between its marks")
    return TABLE.sub(lambda _: text, page)


def main() -> int:
    results, _ = run(chosen())
    results += [run([corpus])[0][0] for corpus in apart()]
    text = table(results, datetime.now(UTC).date())
    for path in PAGES:
        path.write_text(filled(path.read_text(encoding="utf-8"), text), encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
