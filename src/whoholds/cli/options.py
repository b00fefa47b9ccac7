"""Arguments and options that several verbs share, and how their values are read."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from whoholds.control.selection import View

from whoholds.days import from_iso
from whoholds.intake import Options

DEFAULT_LEDGER = Path("whoholds.db")
LedgerAt = Path | str
"""Where a ledger is: a file, or the address of a database."""


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


Command = Callable[..., None]
Decorator = Callable[[Command], Command]


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD and nothing else: "03/04/2016" is two days, depending on who writes it."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return from_iso(value)
        except ValueError:
            words = f"{value!r} is not a date. Write year-month-day, for example 2016-03-13."
            raise click.BadParameter(words, ctx, param) from None


def form_option(forms: type[StrEnum], default: StrEnum, help: str) -> Decorator:
    """`--format` with one of `forms`; the command gets it as `form`."""
    return click.option(
        "--format",
        "form",
        metavar="|".join(forms),
        type=click.Choice([form.value for form in forms]),
        default=default.value,
        callback=lambda _ctx, _param, value: forms(value),
        help=help,
    )


def piped_option() -> Decorator:
    """`--format` for lists that programs read as often as people: a table on a terminal, JSON elsewhere, as `form`."""

    def chosen(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Format:
        return Format(value) if value else Format.TABLE if sys.stdout.isatty() else Format.JSON

    return click.option(
        "--format",
        "form",
        metavar="|".join(Format),
        type=click.Choice([form.value for form in Format]),
        callback=chosen,
        help="Left out, a table on a terminal and JSON where the answer goes to a program or a file.",
    )


def me() -> str:
    """The name that whoever uses this machine is logged in with."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"


class Argument(click.Argument):
    """An argument that says what it is for, in the help and in docs/cli.md."""

    def __init__(self, *args: Any, help: str, metavar: str, **kwargs: Any) -> None:
        super().__init__(*args, metavar=metavar, **kwargs)
        self.help = help
        self.shown = metavar

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:  # noqa: ARG002
        return self.shown, self.help or ""


FILE = click.Path(path_type=Path, readable=False)
"""Any path: what is wrong with it is said where it is opened, in one way for all."""


class Output(click.Path):
    """A path to write to; - is standard output."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, readable=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return Path("/dev/stdout") if str(value) == "-" else super().convert(value, param, ctx)


OUTPUT = Output()

inputs_argument: Decorator = click.argument(
    "inputs",
    cls=Argument,
    nargs=-1,
    required=True,
    metavar="INPUT...",
    help="Files, folders, patterns such as 'pages/*.txt', web addresses, or - for standard input (docs/sources.md).",
)


def intake_options(command: Command) -> Command:
    """What may be said of inputs: the command gets `options` (`intake.Options`) and `processes`."""

    @wraps(command)
    def run(*args: Any, columns: dict[str, str], private_network: bool, most: int, **kwargs: Any) -> None:
        command(*args, options=Options(columns, private_network, most), **kwargs)

    made: Command = run
    for option in reversed(_INTAKE):
        made = option(made)
    return made


def _columns(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    from whoholds.sources.formats.table import columns_of

    try:
        return columns_of(given)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


_INTAKE: tuple[Decorator, ...] = (
    click.option(
        "--columns",
        metavar="FIELD=COLUMN",
        multiple=True,
        callback=_columns,
        help="For tables: which column holds text, html, title, published, outlet, url, lang or id. May be repeated.",
    ),
    click.option(
        "--most", metavar="N", type=click.IntRange(1), default=200, help="Pages fetched of one feed or sitemap."
    ),
    click.option("--private-network", is_flag=True, help="Allow web addresses inside your own network."),
    click.option(
        "--processes",
        metavar="N",
        type=click.IntRange(1, 256),
        help="Processes that read side by side; left out, one for each core where there is much to read.",
    ),
)


class LedgerType(click.ParamType[LedgerAt]):
    """A ledger's file, or the address of its database."""

    name = "ledger"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> LedgerAt:
        if isinstance(value, Path):
            return value
        if isinstance(value, str) and "://" in value:
            return value
        path: Path = FILE.convert(value, param, ctx)
        return path


ledger_option: Decorator = click.option(
    "--ledger",
    metavar="LEDGER",
    type=LedgerType(),
    default=DEFAULT_LEDGER,
    help="The ledger to use: a file, or the address of a shared one, postgresql://USER@HOST/DATABASE (docs/ledger.md).",
)
on_option: Decorator = click.option(
    "--on",
    metavar="DATE",
    type=Day(),
    help="As things stood on this day (YYYY-MM-DD); left out, the latest that is known.",
)


class Views(click.ParamType["View"]):
    """Which sources an answer listens to."""

    name = "view"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> View:
        from whoholds.control.selection import View, ViewError

        try:
            return View.parse(value)
        except ViewError as error:
            raise click.BadParameter(str(error), ctx, param) from error


VIEW_HELP = "Only some sources: side:ACTOR, self-adverse, without:OUTLET, or several with commas between."


def heard(command: Command) -> Command:
    """Before the command runs, a warning for each part of its views that nothing in its ledgers answers to."""

    @wraps(command)
    def run(**given: Any) -> None:
        from whoholds.control.selection import ALL, View

        values = [one for value in given.values() for one in (value if isinstance(value, tuple) else (value,))]
        if views := [one for one in values if isinstance(one, View) and one != ALL]:
            _warn(
                views, [given[name] for name in ("ledger", "first", "second") if isinstance(given.get(name), LedgerAt)]
            )
        command(**given)

    return run


def _warn(views: Sequence[View], at: Sequence[LedgerAt]) -> None:
    from whoholds.cli.output import say
    from whoholds.errors import LedgerError
    from whoholds.ledger import Ledger
    from whoholds.views.named import unheard

    with ExitStack() as stack:
        try:
            ledgers = [stack.enter_context(Ledger.open(one, create=False)) for one in at]
        except LedgerError:
            return  # the command says it itself
        for words in dict.fromkeys(words for view in views for words in unheard(ledgers, view)):
            say(f"warning: {words}")


def view_option(command: Command) -> Command:
    """`--view`; the command gets it as `view`."""
    option: Decorator = click.option("--view", metavar="VIEW", type=Views(), default="all", help=VIEW_HELP)
    return option(heard(command))


known_option: Decorator = click.option(
    "--known",
    metavar="DATE",
    type=Day(),
    help="As known on this day (YYYY-MM-DD): only from reports that were surely published by then.",
)
today_option: Decorator = click.option(
    "--today",
    metavar="DATE",
    type=Day(),
    help="Take this day (YYYY-MM-DD) for the day of reading: no report is dated later.",
)
age_option: Decorator = click.option(
    "--today", metavar="DATE", type=Day(), help="Count ages to this day (YYYY-MM-DD), not to the machine's."
)
answer_option: Decorator = form_option(
    Format, Format.TABLE, "A table for people; JSON with all the evidence; CSV with the strongest for each state."
)
