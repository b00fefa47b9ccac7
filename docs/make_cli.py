"""Writes docs/cli.md from the commands themselves: `python docs/make_cli.py`. A test sees that it is up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from whoholds.cli.app import app

PAGE = Path(__file__).with_name("cli.md")
HEAD = """\
# The command line

<!-- Written by docs/make_cli.py; change the commands' own words, then run it again. -->

Answers go to standard output, everything else (progress, issues, errors) to standard error. Exit code: 0 where
something was done, 2 where nothing could be done or the command was given wrongly, 130 after Ctrl-C. `NO_COLOR` turns
colours off.
"""


def page() -> str:
    """The whole page as Markdown."""
    group: Any = app
    parts = [HEAD, *_parameters(group)]
    parts += _commands(group, "whoholds", 2)
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _commands(group: Any, before: str, level: int) -> list[str]:
    """A section for each command of a group, and one level down for each of a group in it."""
    parts = []
    context = click.Context(group)
    for name in group.commands or group.list_commands(context):
        command = group.get_command(context, name)
        parts.append(f"{'#' * level} {before} {name}")
        if hasattr(command, "commands"):
            parts += [_text(command.help), *_commands(command, f"{before} {name}", level + 1)]
            continue
        arguments = [p.metavar for p in command.params if p.param_type_name == "argument"]
        parts += [f"```\n{' '.join([before, name, *arguments, '[OPTIONS]'])}\n```"]
        parts += [_text(command.help), *_parameters(command)]
    return parts


def _parameters(command: Any) -> list[str]:
    rows = [_row(parameter) for parameter in command.params]
    return ["\n".join(["| | what | default |", "|---|---|---|", *rows])] if rows else []


def _row(parameter: Any) -> str:
    is_option = parameter.param_type_name == "option"
    names = ", ".join(f"`{name}`" for name in parameter.opts) if is_option else f"`{parameter.metavar.strip('[]')}`"
    # A bar would end the cell, in code as well.
    values = f" `{parameter.metavar}`".replace("|", "\\|") if is_option and parameter.metavar else ""
    default = (
        f"`{parameter.default}`"
        if is_option and parameter.default and isinstance(parameter.default, str | Path)
        else "required"
        if is_option and parameter.required
        else ""
    )
    return f"| {names}{values} | {parameter.help} | {default} |"


def _text(text: str) -> str:
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
