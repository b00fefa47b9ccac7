"""A PostgreSQL server for tests and benchmarks: in a folder of its own, on a socket in it, gone with the block.

    with running() as server, Ledger.open(server.ledger()) as ledger: ...

It needs Debian's packages `postgresql` and, for points, `postgresql-postgis` (`scripts/debian.sh`).
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

SUPERUSER = "postgres"
"""Of the database, and of the system where we are root: the server refuses to run as root."""
USER = "whoholds"
"""Owns the databases, and may do nothing else."""
DATABASE = "postgres"
START_S = 60


def programs() -> Path | None:
    """The folder of the newest server's programs; None where none is installed."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if found:
        return max(found, key=lambda path: int(path.parent.name) if path.parent.name.isdigit() else 0)
    there = shutil.which("postgres")
    return Path(there).resolve().parent if there else None


@dataclass(slots=True)
class Server:
    folder: Path
    process: subprocess.Popen[bytes]
    _numbers: Iterator[int] = field(default_factory=count)

    def address(self, database: str, user: str = USER) -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def ledger(self) -> str:
        """The address of a new, empty schema; quicker to make than a database, and to a ledger the same."""
        name = f"ledger{next(self._numbers)}"
        self.run(f"CREATE SCHEMA {name} AUTHORIZATION {USER}")
        return f"{self.address(DATABASE)}&options=-csearch_path%3D{name}"

    def database(self, user: str = USER) -> str:
        """The address of a new, empty database of that user's."""
        name = f"database{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} OWNER {user}")
        return self.address(name, user)

    def run(self, statement: str, database: str = DATABASE) -> None:
        """One statement, outside any transaction."""
        import psycopg

        with psycopg.connect(self.address(database, SUPERUSER), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


@contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """`durable`: wait for the disk as a server of the world does; tests need not."""
    binaries = programs()
    if binaries is None:
        raise FileNotFoundError("no PostgreSQL server is installed (apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="whoholds-pg-"))
    as_user: dict[str, object] = {}
    if os.geteuid() == 0:
        user = pwd.getpwnam(SUPERUSER)
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    try:
        data, log = folder / "data", folder / "log"
        make = [binaries / "initdb", "-D", data, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL, cwd=folder, **as_user)  # type: ignore[call-overload]
        settings = {"listen_addresses": "", "unix_socket_directories": str(folder), "max_connections": "40"}
        settings |= {} if durable else {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with log.open("wb") as out:
            start = [binaries / "postgres", "-D", data, *options]
            process = subprocess.Popen(start, stdout=out, stderr=out, cwd=folder, **as_user)  # type: ignore[call-overload]
        try:
            server = Server(folder, process)
            _wait(server, log)
            server.run(f"CREATE ROLE {USER} LOGIN")
            yield server
        finally:
            process.send_signal(signal.SIGQUIT)  # at once, without a tidy end: the folder goes too
            process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: Server, log: Path) -> None:
    import psycopg

    until = time.monotonic() + START_S
    while True:
        try:
            psycopg.connect(server.address(DATABASE, SUPERUSER)).close()
            return
        except psycopg.OperationalError:
            if server.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}") from None
            time.sleep(0.05)
