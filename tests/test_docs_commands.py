"""The documentation: every command that it shows can be given, and its site has every page."""

from __future__ import annotations

import re
import shlex
from contextlib import suppress
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

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


def mentions() -> list[tuple[str, str]]:
    """Those in the middle of a sentence, which need not be whole."""
    found = []
    for page in PAGES:
        prose = re.sub(r"(?s)^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE)
        every = (" ".join(words.split()) for words in re.findall(r"`(whoholds [^`]+)`", prose))
        found += [(page.name, words) for words in every if not SHAPE.search(words)]
    return found


def given(words: list[str]) -> None:
    """Parse a command as the program would."""
    group: click.Command = app
    context = click.Context(app)
    while isinstance(group, click.Group) and words:
        _, below, words = group.resolve_command(context, words)
        assert below is not None
        group = below
    if not isinstance(group, click.Group):
        group.make_context("command", words)


@pytest.mark.parametrize(("page", "command"), commands())
def test_a_command_of_the_documentation_can_be_given(page: str, command: str) -> None:
    assert page
    given(shlex.split(command)[1:])


@pytest.mark.parametrize(("page", "command"), mentions())
def test_a_command_that_the_documentation_speaks_of_is_there(page: str, command: str) -> None:
    assert page
    with suppress(click.MissingParameter, click.BadParameter):
        given(shlex.split(command)[1:])


def test_the_answer_that_the_readme_shows_is_the_one_that_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = re.search(r"```\n\$ whoholds (who .*)\n((?s:.*?))```", (ROOT / "README.md").read_text("utf-8"))
    assert shown
    monkeypatch.setenv("COLUMNS", "96")
    ledger = ["--ledger", str(tmp_path / "whoholds.db")]
    runner = CliRunner()
    read = runner.invoke(app, ["read", *map(str, (ROOT / "examples").glob("sudan-*-wad-madani.*")), *ledger])
    assert read.exit_code == 0, read.output
    assert runner.invoke(app, [*shlex.split(shown[1]), *ledger]).stdout.strip() == shown[2].strip()


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
