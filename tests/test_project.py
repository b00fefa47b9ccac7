"""The project as a newcomer meets it: the README's commands, the documents, and that nothing local got in."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml

from whoholds.claims.cues.cues import FORMS, lexicon_files
from whoholds.exports.records import claim_record
from whoholds.model import Kind, Mode, Stance

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NOT_OURS = {".git", ".venv", "build", "dist", "node_modules", "assets", "__pycache__", ".hypothesis"}
"""Folders of what is made here, none of it tracked; and every cache (a name that begins with a dot and ends so)."""


def our_files() -> Iterator[Path]:
    """Every file of the project's own, without asking git: a release is no checkout."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(f for f in folders if f not in NOT_OURS and not f.endswith(("_cache", ".egg-info")))
        yield from (Path(folder) / name for name in names if not name.endswith((".pyc", ".db")))


def texts() -> Iterator[tuple[str, str]]:
    """Path under the root, and content, of every text file."""
    for path in our_files():
        data = path.read_bytes()
        if b"\0" not in data[:4096]:
            yield path.relative_to(ROOT).as_posix(), data.decode("utf-8", "replace")


def run(*command: str, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **more)


# ---------------------------------------------------------------------------------------------- make and the README
def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


def test_the_readme_opens_with_two_commands_that_are_targets() -> None:
    title, fence, *lines = [line for line in README.splitlines() if line.strip()]
    assert title.startswith("# ")
    assert fence.startswith("```")
    commands = [line.partition("#")[0].strip() for line in lines[: lines.index("```")]]
    assert commands == ["make demo", "make test"]
    assert {command.removeprefix("make ") for command in commands} <= targets()


def test_every_target_is_in_the_help_with_one_line() -> None:
    done = run("make", "--no-print-directory", "help")
    assert done.returncode == 0, done.stderr
    lines = [line.split(maxsplit=2) for line in done.stdout.splitlines()]
    assert {name for _, name, _ in lines} == targets()
    assert all(len(text) > 10 for _, _, text in lines)
    assert run("make", "--no-print-directory").stdout == done.stdout  # help is what `make` alone gives


def test_no_target_is_a_file_by_chance() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    (phony,) = re.findall(r"^\.PHONY:(.*)$", makefile, re.M)
    assert set(phony.split()) == targets()


def test_make_targets_named_in_documents_exist() -> None:
    for name, text in texts():
        if name.endswith(".md"):
            named = {t for match in re.findall(r"`make ([a-z -]+)[^`]*`", text) for t in match.split()}
            assert named <= targets(), name


def test_continuous_integration_runs_the_readme_command() -> None:
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    lines = [line for line in script.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert lines[-1] == "make test"
    assert [line for line in lines if "make" in line] == ["make test"]


# --------------------------------------------------------------------------------------------- version and changelog
def test_one_version_everywhere() -> None:
    declared = PYPROJECT["project"]["version"]
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert headings[0] == "Unreleased"
    released = [re.fullmatch(r"(\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)", heading) for heading in headings[1:]]
    assert all(released), headings
    numbers = [match[1] for match in released if match]
    dates = [match[2] for match in released if match]
    assert numbers[0] == declared == version("whoholds")
    assert dates == sorted(dates, reverse=True)


# ------------------------------------------------------------------------------------------------- nothing local in
REGISTRIES = ("registry.npm" + "js", "npm" + "js.com", "yarn" + "pkg", "pypi" + ".org", "python" + "hosted")
MACHINE = re.compile(r"(?<![\w.~-])/(?:" + "work|opt|root|home|Users" + r")/\w")


def test_no_registry_and_no_machine_is_named() -> None:
    found = [
        f"{name}: {hit}"
        for name, text in texts()
        for hit in [*(host for host in REGISTRIES if host in text), *MACHINE.findall(text)]
    ]
    assert found == []


def test_lock_files_name_hashes_and_no_addresses() -> None:
    locks = [path for path in our_files() if path.name == "package-lock.json"]
    assert locks
    for lock in locks:
        packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
        installed = {name: package for name, package in packages.items() if name}
        assert [name for name, package in installed.items() if "resolved" in package] == []
        assert [name for name, package in installed.items() if not package.get("integrity")] == []


# --------------------------------------------------------------------------------------------------------- documents
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def anchors(text: str) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("name", [name for name, _ in texts() if name.endswith(".md")])
def test_links_between_documents_lead_somewhere(name: str) -> None:
    page = ROOT / name
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in link:
            continue
        target, _, anchor = link.partition("#")
        there = (page.parent / target).resolve() if target else page
        assert there.exists(), link
        assert there.is_relative_to(ROOT), link
        assert not anchor or anchor in anchors(there.read_text(encoding="utf-8")), link


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert pages <= {link.split("#")[0] for link in LINK.findall(index)}


def first_cells(text: str) -> set[str]:
    """What stands in code in the first column of a page's tables."""
    return {name for row in re.findall(r"^\| (`[^|]*) \|", text, re.M) for name in re.findall(r"`([^`]+)`", row)}


def test_claims_page_names_every_field_and_value(factory: Any) -> None:
    text = (ROOT / "docs/claims.md").read_text(encoding="utf-8")
    fields = set(claim_record(factory.claim()))
    assert first_cells(text) == fields | set(Kind)
    assert all(f"`{value}`" in text for value in (*(m for m in Mode if m is not Mode.ASSERTED), *Stance))


def test_cues_page_names_every_field_that_is_used() -> None:
    text = (ROOT / "docs/cues.md").read_text(encoding="utf-8")
    senses = [sense for text in lexicon_files().values() for sense in yaml.safe_load(text)]
    used = {field for sense in senses if not sense.get("dormant") for field in sense}
    assert used - first_cells(text) == set()
    assert all(f"`{form}`" in text for form in FORMS)


# -------------------------------------------------------------------------------------------------------------- flow
def test_packages_import_in_one_direction() -> None:
    package = ROOT / "src/whoholds"
    needs: dict[str, set[str]] = {}
    for path in package.rglob("*.py"):
        own = path.relative_to(package).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "whoholds":
                named = node.module.split(".")[1:2] if node.module else []  # type: ignore[union-attr]
                needs.setdefault(own, set()).update(named or {alias.name for alias in node.names})
    graph = {own: others - {own} for own, others in needs.items()}
    assert list(TopologicalSorter(graph).static_order())  # raises CycleError where two packages need each other
    assert not graph.get("errors")
    assert not graph.get("model")


# --------------------------------------------------------------------------------------------------- Debian packages
@pytest.fixture
def machine(tmp_path: Path) -> Any:
    """Runs scripts/debian.sh on a machine that has only the commands given; tells its exit code, words and calls."""
    folder, log = tmp_path / "bin", tmp_path / "calls"
    folder.mkdir()

    def go(commands: dict[str, str], **environment: str) -> tuple[int, str, list[str]]:
        for name, body in {"dirname": "echo .", **commands}.items():
            script = folder / name
            script.write_text(f'#!/bin/sh\n[ {name} = id ] || echo "{name} $*" >> "{log}"\n{body}\n', encoding="utf-8")
            script.chmod(0o755)
        done = subprocess.run(
            ["/bin/sh", str(ROOT / "scripts/debian.sh"), "chromium", "chromium", "the browser tests"],
            env={"PATH": str(folder), **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        calls = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        return done.returncode, done.stdout + done.stderr, calls

    return go


ENV = {"env": 'while [ "${1#*=}" != "$1" ]; do shift; done; "$@"'}
ROOT_USER, USER = {"id": "echo 0"}, {"id": "echo 1000"}


def test_chromium_that_is_there_is_left_alone(machine: Any) -> None:
    assert machine({"chromium": "exit 1", "apt-get": "exit 1", **ROOT_USER}) == (0, "", [])


def test_root_installs_chromium_after_one_update(machine: Any) -> None:
    code, _, calls = machine({"apt-get": "", **ROOT_USER, **ENV})
    assert code == 0
    apt = [call for call in calls if call.startswith("apt-get")]
    assert apt == ["apt-get update -qq", "apt-get install -qq -y --no-install-recommends chromium"]


def test_others_install_it_with_sudo(machine: Any) -> None:
    sudo = '[ "$1" != -n ] || shift; [ "$1" = true ] || "$@"'
    code, _, calls = machine({"apt-get": "", "sudo": sudo, **USER, **ENV})
    assert code == 0
    assert [call for call in calls if call.startswith("sudo apt-get")] == ["sudo apt-get update -qq"]
    assert any(call.startswith("sudo env") and call.endswith("chromium") for call in calls)


@pytest.mark.parametrize(
    ("commands", "reason"),
    [
        ({"apt-get": "", **USER}, "not root"),
        ({"apt-get": "", "sudo": "exit 1", **USER}, "not root"),
        ({**ROOT_USER}, "no Debian"),
        ({"apt-get": "exit 100", **ROOT_USER, **ENV}, "update failed"),
        ({"apt-get": "[ $1 = update ]", **ROOT_USER, **ENV}, "could not install"),
    ],
)
def test_where_it_cannot_be_installed_it_says_so(machine: Any, commands: dict[str, str], reason: str) -> None:
    code, said, _ = machine(commands)
    assert code == 0  # the tests that need it skip themselves
    assert reason in said
    assert "apt-get install chromium" in said
    assert machine(commands, CI="1")[0] == 1
