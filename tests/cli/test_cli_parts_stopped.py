"""`whoholds claims --to` stopped in a terminal: a signal that reaches every process, whoever reads."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = "from whoholds.cli import main\nif __name__ == '__main__': main()"


@pytest.mark.parametrize("engine", ["pool", "dask"])
def test_ctrl_c_in_a_terminal_leaves_the_finished_parts_and_no_traces(engine: str, tmp_path: Path) -> None:
    lines = (json.dumps({"id": n, "text": f"Report {n}. {'The market was open. ' * 400}"}) for n in range(400))
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    given = [
        "claims",
        str(tmp_path / "in.jsonl"),
        "--to",
        str(tmp_path / "out"),
        "--processes",
        "2",
        "--engine",
        engine,
    ]
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *given],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Tests that run in a shell's background inherit that SIGINT is ignored; a terminal's command does not.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    end = time.monotonic() + 300
    while not list(tmp_path.glob("out/done/*.json")):
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < end
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of its processes
    _, told = process.communicate()
    stopped = f"Stopped. The finished parts are in {tmp_path / 'out'}; give the same command again"
    assert process.returncode == 130, told
    assert f"{stopped} and it goes on from there.\n" in told
    assert "Traceback" not in told
