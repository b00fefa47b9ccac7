"""kill -9 at random moments of a read: once it has gone on to its end, is the ledger that of an undisturbed run?

    python benchmarks/kills.py [--kills 100] [--into sqlite postgres] [--inputs FOLDER] [--seed 1]

`whoholds read` is run in forked processes and killed at a random moment, again and again on the same ledger, until one
run comes to its end; then ledgers are compared (`whoholds ledger verify`: the hash of the content, and damage; and the
order of the reports), and a new one is begun. The reports were read beforehand, so that nearly all the time of a run,
and so nearly every kill, falls into its work on the ledger. PostgreSQL waits for its disk here, as it does by default.
Exit code 1 where a ledger differs.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests"))

import postgres_server  # noqa: E402
import whoholds.pipeline  # noqa: E402
from whoholds.ledger import Ledger  # noqa: E402
from whoholds.ledger.verify import Verdict, verify  # noqa: E402
from whoholds.model import Report  # noqa: E402
from whoholds.pipeline import Reader, Reading  # noqa: E402
from whoholds.sources import reports  # noqa: E402


class Prepared:
    """Stands in for the reader: gives what it read before."""

    def __init__(self, readings: dict[str, Reading], made_by: str) -> None:
        self._readings, self.made_by = readings, made_by
        self.sift, self.today = True, None

    def read(self, report: Report) -> Reading:
        return self._readings[report.id]


def prepared(inputs: str) -> Prepared:
    reader = Reader()
    return Prepared({r.id: reader.read(r) for r in reports([inputs], lambda _: None)}, reader.made_by)


def child(reader: Prepared, inputs: str, where: str) -> int:
    """Start `whoholds read` in a process of its own; its number."""
    number = os.fork()
    if number:
        return number
    code = 99
    try:
        out = os.open(os.devnull, os.O_WRONLY)
        os.dup2(out, 1)
        os.dup2(out, 2)
        made: Any = lambda **_: reader  # noqa: E731
        whoholds.pipeline.Reader = made  # type: ignore[misc]
        from whoholds.cli.app import app

        sys.argv = ["whoholds", "read", inputs, "--ledger", where, "--processes", "1"]
        code = app(standalone_mode=False) or 0
    except BaseException as error:
        code = getattr(error, "exit_code", 98)
    finally:
        os._exit(code)


def content(where: str) -> tuple[Verdict, list[str]]:
    """What is in a ledger, and the order of its reports."""
    with Ledger.open(where, create=False) as store:
        return verify(store), [report.id for report, _ in store.reports()]


def undisturbed(reader: Prepared, inputs: str, where: str) -> float:
    """Seconds that a run takes which nobody kills."""
    begun = time.monotonic()
    _, status = os.waitpid(child(reader, inputs, where), 0)
    if status:
        raise RuntimeError(f"an undisturbed read ended with {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - begun


def killed(reader: Prepared, inputs: str, where: str, chance: random.Random, longest: float) -> bool:
    """Run once and kill it at a random moment; False where it came to its end before."""
    number = child(reader, inputs, where)
    until = time.monotonic() + chance.uniform(0, longest)
    while time.monotonic() < until:
        done, status = os.waitpid(number, os.WNOHANG)
        if done:
            if status:
                raise RuntimeError(f"a read after a kill ended with {os.waitstatus_to_exitcode(status)}")
            return False
        time.sleep(0.001)
    os.kill(number, signal.SIGKILL)
    _, status = os.waitpid(number, 0)
    return os.waitstatus_to_exitcode(status) == -signal.SIGKILL


def run(reader: Prepared, inputs: str, new: Callable[[], str], kills: int, seed: int) -> tuple[int, int, list[str]]:
    """Kills done, ledgers compared, and what differed."""
    chance = random.Random(seed)
    first = new()
    seconds = undisturbed(reader, inputs, first)
    wanted = content(first)
    done = ledgers = 0
    wrong: list[str] = []
    while done < kills:
        where = new()
        while done < kills and killed(reader, inputs, where, chance, seconds):
            done += 1
        undisturbed(reader, inputs, where)
        ledgers += 1
        found = content(where)
        if found != wanted or not found[0].sound:
            wrong.append(f"{where}: {found[0]} instead of {wanted[0]}")
    return done, ledgers, wrong


@contextmanager
def places(into: str) -> Iterator[Callable[[], str]]:
    """Makes places for new ledgers."""
    if into == "postgres":
        with postgres_server.running(durable=True) as server:
            yield server.ledger
        return
    with tempfile.TemporaryDirectory() as folder:
        numbers = iter(range(1_000_000))
        yield lambda: str(Path(folder) / f"{next(numbers)}.db")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--into", nargs="+", choices=("sqlite", "postgres"), default=["sqlite", "postgres"])
    parser.add_argument("--inputs", default=str(ROOT / "examples"))
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    reader = prepared(asked.inputs)
    failed = False
    for into in asked.into:
        with places(into) as new:
            done, ledgers, wrong = run(reader, asked.inputs, new, asked.kills, asked.seed)
        told = f"{len(wrong)} DIFFER" if wrong else "all equal that of an undisturbed run"
        print(f"== {into}: {done} kills, {ledgers} ledgers compared: {told}")
        print("\n".join(wrong), end="")
        failed = failed or bool(wrong)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
