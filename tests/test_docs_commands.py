"""Commands in the documentation: every verb and option that they show is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from whoholds.cli.app import app

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([ROOT / "README.md", *(p for p in (ROOT / "docs").glob("*.md") if p.name != "cli.md")])
SHAPE = re.compile(r"[|\[\]]|\.\.\.|[A-Z]{4,}$")
"""What stands for several commands, or for the reader's own words."""


def commands() -> list[tuple[str, str]]:
    """Those in code, with the page that they are on."""
    found = []
    for page in PAGES:
        fenced = False
        for line in page.read_text("utf-8").splitlines():
            fenced ^= line.startswith("```")
            if (fenced or line.startswith("    ")) and line.strip().startswith("whoholds "):
                plain = re.split(r"\s#", line)[0].strip()
                if not SHAPE.search(plain):
                    found.append((page.name, plain))
    return found


@pytest.mark.parametrize(("page", "command"), commands())
def test_a_command_of_the_documentation_can_be_given(page: str, command: str) -> None:
    words = shlex.split(command)[1:]
    group: click.Command = app
    context = click.Context(app)
    while isinstance(group, click.Group):
        name, group_found, words = group.resolve_command(context, words)
        assert group_found is not None, f"{page}: {command}"
        group = group_found
        assert name
    group.make_context(command, words)


def test_there_are_commands_to_look_at() -> None:
    assert len(commands()) > 40
