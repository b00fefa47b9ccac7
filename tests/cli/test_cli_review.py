"""`whoholds review` and `whoholds serve` on the command line."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result

from whoholds.cli.app import app
from whoholds.ledger import Ledger


@pytest.fixture
def filled(tmp_path: Path, factory: Any, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    monkeypatch.setenv("WHOHOLDS_CACHE", str(tmp_path / "cache"))
    claims = [
        factory.claim("gains", "gov:IRQ", "Ramadi", "2016-02-09", label="a.txt", confidence=0.9),
        factory.claim("holds", "islamic-state", "Rutba", "2016-03-01", label="b.txt", confidence=0.3),
    ]
    with Ledger.open(tmp_path / "test.db") as store:
        factory.store(store, *claims)
    return claims


def run(tmp_path: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["review", *words, "--ledger", str(tmp_path / "test.db")])


def test_judging_from_queue_to_gold(tmp_path: Path, filled: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    # The gazetteer's own cache is not this test's matter.
    monkeypatch.delenv("WHOHOLDS_CACHE")
    listed = run(tmp_path, "queue", "--by", "ann")
    assert listed.exit_code == 0, listed.output
    assert listed.output.startswith(filled[1].id)
    queue = json.loads(run(tmp_path, "queue", "--by", "ann", "--format", "json").output)
    assert [record["id"] for record in queue] == [filled[1].id, filled[0].id]
    assert "Judgement 1: right" in run(tmp_path, "accept", filled[0].id, "--by", "ann").output
    changed = run(
        tmp_path, "change", filled[1].id, "actor=sdf", "share=0.5", "start=", "--by", "ann", "--because", "no"
    )
    assert "Judgement 2: changed" in changed.output
    assert "Nothing is left" in run(tmp_path, "queue", "--by", "ann").output
    assert run(tmp_path, "reject", filled[1].id, "--by", "bob").exit_code == 0
    assert "Judged by both: 1; agreed: 0" in run(tmp_path, "agreement", "ann", "bob").output
    assert run(tmp_path, "undo", "3", "--by", "bob").exit_code == 0
    assert "differ" in run(tmp_path, "split", filled[1].id, "actor=sdf", "actor=sdf").output
    assert len(run(tmp_path, "list").output.splitlines()) == 4
    exported = run(tmp_path, "export", str(tmp_path / "gold.jsonl"), str(tmp_path / "reports.jsonl"))
    assert "2 claims in 2 reports" in exported.output
    gold = [json.loads(line) for line in (tmp_path / "gold.jsonl").read_text().splitlines()]
    assert [(g["actor"], g["share"], g["start"]) for g in gold] == [
        ("gov:IRQ", None, "2016-02-09"),
        ("sdf", 0.5, None),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["accept", "0" * 20], "no claim"),
        (["change", "CLAIM", "kind"], "FIELD=VALUE"),
        (["change", "CLAIM", "share=half"], "FIELD=VALUE"),
        (["change", "CLAIM", "colour=red"], "no field colour"),
        (["undo", "7"], "no judgement 7"),
        (["copy", "CLAIM", "0" * 32], "no report"),
        (["export", "/nowhere/gold.jsonl", "/nowhere/reports.jsonl"], "Nothing was written"),
        (["change", "CLAIM", "actor=gov:FRNACE"], "gov:FRA (French government forces)"),
        (["change", "CLAIM", "against=nosuch"], "--new-actor"),
        (["change", "CLAIM", "jointly_with=sdf,nosuch"], "--new-actor"),
        (["split", "CLAIM", "actor=sdf", "actor=nosuch"], "--new-actor"),
    ],
)
def test_what_cannot_be_judged_is_said(tmp_path: Path, filled: list[Any], words: list[str], said: str) -> None:
    found = run(tmp_path, *(filled[0].id if word == "CLAIM" else word for word in words))
    assert found.exit_code == 2
    assert said in found.output
    assert "Traceback" not in found.output


def test_gold_that_cannot_be_written(tmp_path: Path, filled: list[Any]) -> None:
    nothing = run(tmp_path, "export", str(tmp_path / "gold.jsonl"), str(tmp_path / "reports.jsonl"))
    assert nothing.exit_code == 2
    assert not list(tmp_path.glob("*.jsonl"))
    run(tmp_path, "accept", filled[0].id)
    found = run(tmp_path, "export", "/nowhere/gold.jsonl", "/nowhere/reports.jsonl")
    assert (found.exit_code, "Cannot write" in found.output) == (2, True)


def test_an_actor_that_nobody_knows_is_taken_where_it_is_meant(tmp_path: Path, filled: list[Any]) -> None:
    assert run(tmp_path, "change", filled[0].id, "actor=valley-guard", "--new-actor").exit_code == 0
    parts = ("actor=valley-guard", "actor=sdf", "--new-actor")
    assert run(tmp_path, "split", filled[1].id, *parts).exit_code == 0
    assert run(tmp_path, "change", filled[1].id, "against=valley-guard").exit_code == 0, "it is known from then on"
    # What a claim of the ledger names is known, and the forces of any country are.
    assert run(tmp_path, "change", filled[0].id, "actor=islamic-state", "against=gov:FRA").exit_code == 0


def test_the_queue_keeps_to_the_terminal(
    tmp_path: Path,
    filled: list[Any],  # noqa: ARG001 - fills the ledger
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("WHOHOLDS_CACHE")
    monkeypatch.setenv("COLUMNS", "40")
    assert max(map(len, run(tmp_path, "queue").stdout.splitlines())) <= 40


def serve(*words: str) -> Result:
    return CliRunner().invoke(app, ["serve", *words])


def test_serve_says_what_is_wrong(tmp_path: Path, filled: list[Any]) -> None:  # noqa: ARG001 - fills the ledger
    missing = serve("--ledger", str(tmp_path / "none.db"))
    assert (missing.exit_code, "there is no ledger" in missing.output) == (2, True)
    ledger = str(tmp_path / "test.db")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        found = serve("--ledger", ledger, "--port", str(port))
        assert (found.exit_code, f"127.0.0.1:{port}" in found.output) == (2, True)
    for words in (["--tiles", "nowhere"], ["--token", "short"]):
        assert serve("--ledger", ledger, *words).exit_code == 2


def test_a_server_answers_with_its_token_logs_nothing_and_ends_on_ctrl_c(
    tmp_path: Path,
    filled: list[Any],  # noqa: ARG001 - fills the ledger
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("WHOHOLDS_CACHE")
    command = "from whoholds.cli import main; main()"
    words = ["serve", "--ledger", str(tmp_path / "test.db"), "--port", "0"]
    environment = os.environ | {"WHOHOLDS_TOKEN": "a-token-of-some-length", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", command, *words],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        assert process.stderr is not None
        said = process.stderr.readline()
        address = urlsplit(said.split()[-1])
        assert address.query == "token=a-token-of-some-length"
        connection = http.client.HTTPConnection("127.0.0.1", address.port or 0, timeout=60)
        for path, headers, status in (
            ("/api/v1/about", {}, 401),
            ("/api/v1/about?token=a-token-of-some-length", {}, 401),
            ("/?token=a-token-of-some-length", {}, 303),
            ("/api/v1/about", {"Authorization": "Bearer a-token-of-some-length"}, 200),
            ("/api/v1/about", {"Host": "evil.example"}, 421),
        ):
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == status, path
            assert "server" not in {name.lower() for name, _ in answer.getheaders()}
        connection.close()
    finally:
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=60)
    assert "token-of" not in rest
    assert "Traceback" not in rest
    assert process.returncode in (0, 130)
