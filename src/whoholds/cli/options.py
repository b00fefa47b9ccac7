"""Arguments and options that several verbs share, and how their values are read."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
DEFAULT_LEDGER = Path("whoholds.db")


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


class Summary(StrEnum):
    TABLE = "table"
    JSON = "json"


class Lines(StrEnum):
    JSONL = "jsonl"


def parse_day(text: str | date) -> date:
    """A day as YYYY-MM-DD and nothing else: "03/04/2016" is two days, depending on who writes it."""
    if isinstance(text, date):
        return text
    try:
        if _DATE.match(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # the 30th of February
    raise typer.BadParameter(f"{text!r} is not a date. Write year-month-day, for example 2016-03-13.")


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Files (.txt, .html, .jsonl), folders, patterns such as 'pages/*.txt', or - for standard input.",
        show_default=False,
    ),
]
LedgerPath = Annotated[Path, typer.Option("--ledger", metavar="FILE", help="The ledger to use.")]
On = Annotated[
    date | None,
    typer.Option(
        "--on",
        metavar="DATE",
        parser=parse_day,
        help="As things stood on this day (YYYY-MM-DD); left out, the latest that is known.",
        show_default=False,
    ),
]
Known = Annotated[
    date | None,
    typer.Option(
        "--known",
        metavar="DATE",
        parser=parse_day,
        help="As known on this day (YYYY-MM-DD): only from reports that were surely published by then.",
        show_default=False,
    ),
]
AnswerFormat = Annotated[
    Format,
    typer.Option(
        "--format",
        metavar="|".join(Format),
        help="A table for people; JSON with all the evidence; CSV with the strongest for each state.",
    ),
]
