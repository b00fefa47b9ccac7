"""Slurm on this machine, one node: in a folder of its own, gone with the block.

    with running() as slurm: subprocess.run(["srun", "hostname"], env=slurm.environment)

It needs Debian's packages `slurmctld`, `slurmd`, `slurm-client` and `munge`. Control groups stay off, so that it runs
in a container too.
"""

from __future__ import annotations

import getpass
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = ("munged", "slurmctld", "slurmd", "srun", "sbatch", "sinfo", "scancel")
CPUS = 8
"""That the node says it has; so many jobs start side by side, however many processors there are."""
START_S = 60
MEMORY = 32_000
"""MB that the node says it has."""
PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])

SETTINGS = """\
ClusterName=one
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket
SlurmctldPort={ctld_port}
SlurmdPort={d_port}
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmdParameters=config_overrides
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
JobAcctGatherType=jobacct_gather/none
SwitchType=switch/none
MpiDefault=none
SchedulerParameters=sched_interval=1
MinJobAge=10
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory={memory} State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def missing() -> list[str]:
    """The programs that are not installed."""
    return [name for name in PROGRAMS if shutil.which(name, path=PATH) is None]


@dataclass(frozen=True, slots=True)
class Slurm:
    folder: Path
    environment: dict[str, str]
    """For processes that talk to it."""

    def jobs(self) -> list[str]:
        """Numbers of the jobs that run, the oldest first."""
        return self.run("squeue", "--noheader", "--states=RUNNING", "--format=%A", "--sort=i").split()

    def run(self, *command: str) -> str:
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=60)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr}")
        return done.stdout


@contextmanager
def running() -> Iterator[Slurm]:
    """Raises FileNotFoundError where a program is missing, RuntimeError where it does not start."""
    if absent := missing():
        raise FileNotFoundError(f"{', '.join(absent)} are not installed (Debian: slurmctld slurmd slurm-client munge)")
    folder = Path(tempfile.mkdtemp(prefix="whoholds-slurm-"))
    started: list[subprocess.Popen[bytes]] = []
    slurm = Slurm(folder, dict(os.environ) | {"PATH": PATH, "SLURM_CONF": str(folder / "slurm.conf")})
    try:
        host = socket.gethostname().partition(".")[0]
        _prepare(folder, host)
        munge = [f"--{name}={folder}/munge/{name.partition('-')[0]}" for name in ("key-file", "socket", "pid-file")]
        munge += [f"--log-file={folder}/munge/log", f"--seed-file={folder}/munge/seed"]
        started.append(_start(slurm, "munged", "--foreground", "--force", *munge))
        _until(slurm, started, "munge", lambda: (folder / "munge/socket").exists())
        started.append(_start(slurm, "slurmctld", "-D", "-f", str(folder / "slurm.conf")))
        started.append(_start(slurm, "slurmd", "-D", "-f", str(folder / "slurm.conf"), "-N", host))
        _until(slurm, started, "the node", lambda: "idle" in slurm.run("sinfo", "--noheader", "--format=%t"))
        yield slurm
    finally:
        if len(started) == 3:
            subprocess.run(["scancel", "--user", getpass.getuser()], env=slurm.environment, check=False, timeout=60)
            _until_empty(slurm)
        for process in reversed(started):
            process.terminate()
        for process in started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(folder: Path, host: str) -> None:
    for name in ("munge", "state", "spool"):
        (folder / name).mkdir(mode=0o755)
    folder.chmod(0o755)
    key = folder / "munge/key"
    key.write_bytes(secrets.token_bytes(64))
    key.chmod(0o400)
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        ports = one.getsockname()[1], other.getsockname()[1]
    settings = SETTINGS.format(
        host=host, user=getpass.getuser(), folder=folder, ctld_port=ports[0], d_port=ports[1], cpus=CPUS, memory=MEMORY
    )
    (folder / "slurm.conf").write_text(settings)
    (folder / "cgroup.conf").write_text("CgroupPlugin=cgroup/v1\n")  # named, so that none is looked for


def free_port() -> int:
    """A port of the loopback that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _start(slurm: Slurm, *command: str) -> subprocess.Popen[bytes]:
    with (slurm.folder / f"{command[0]}.out").open("wb") as out:
        return subprocess.Popen(command, env=slurm.environment, stdout=out, stderr=out)


def _until(slurm: Slurm, started: list[subprocess.Popen[bytes]], what: str, there: object) -> None:
    assert callable(there)
    until = time.monotonic() + START_S
    while True:
        try:
            if there():
                return
            why = "it is not there yet"
        except RuntimeError as error:
            why = str(error)
        if time.monotonic() > until or any(process.poll() is not None for process in started):
            told = "\n".join(f"{path.name}: {path.read_text()[-2000:]}" for path in sorted(slurm.folder.glob("*.out")))
            raise RuntimeError(f"{what} did not start ({why})\n{told}")
        time.sleep(0.1)


def _until_empty(slurm: Slurm) -> None:
    """Until no job is left: its processes would outlive the daemons."""
    until = time.monotonic() + START_S
    while time.monotonic() < until and slurm.run("squeue", "--noheader"):
        time.sleep(0.2)
