"""The documentation: every command that it shows can be given, and its site has every page."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
import yaml

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


def test_the_site_has_every_page() -> None:
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]

    def pages(entry: object) -> list[str]:
        if isinstance(entry, str):
            return [entry]
        several = entry.values() if isinstance(entry, dict) else entry if isinstance(entry, list) else []
        return [page for one in several for page in pages(one)]

    assert sorted(pages(nav)) == sorted(path.name for path in (ROOT / "docs").glob("*.md"))
