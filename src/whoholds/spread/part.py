"""One part read: three files in the folder, and a fourth that says that they are whole.

The same part gives the same bytes, whoever reads it and how often: a worker that dies leaves files that nobody takes
for whole, and two that do the same part write the same.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from whoholds.errors import WhoholdsError
from whoholds.exports.formats.parquet import PARQUET
from whoholds.exports.tables import Column, Table, Type
from whoholds.exports.tables.columns import CLAIMS
from whoholds.exports.tables.what import claim_row
from whoholds.intake import Options
from whoholds.ledger.codec import claim_to_json, to_line
from whoholds.model import Claim, Issue, Report
from whoholds.pipeline import Reading
from whoholds.pool import Pool, set_aside
from whoholds.sources.read import read_file
from whoholds.spread.plan import Job, Part
from whoholds.views.mapdata import DISCLAIMER
from whoholds.whole import written_whole

CLAIMS_IN, READINGS_IN, ISSUES_IN, DONE_IN = "claims", "readings", "issues", "done"
"""Folders inside the folder; each has one file a part."""
READINGS = (
    Column("report_id", Type.TEXT, "Hash of its words"),
    Column("label", Type.TEXT, "File name or record id"),
    Column("lang", Type.TEXT, "Language, ISO 639-1"),
    Column("text", Type.TEXT, "The stored text"),
    Column("report", Type.TEXT, "The report without its text, as JSON"),
    Column("claims", Type.LIST, "Its claims as JSON, whole"),
    Column("issues", Type.TEXT, "What was remarked about it, as JSON"),
    Column("made_by", Type.TEXT, "Version of program, cues, lexicon, gazetteer and weights, hashed"),
)
_own = threading.local()


def do(job: Job, part: Part, processes: int = 1) -> dict[str, Any]:
    """Read a part, unless it is there already. Returns what its fourth file says: counts, and hashes of the files.

    `processes`: that read side by side, beside this one, which takes the pages apart. Raises WhoholdsError where this
    machine has another version of something than the job's, or lacks something.
    """
    folder = Path(job.folder)
    if found := finished(job, part):
        return found
    issues: list[Issue] = []
    counts: Counter[str] = Counter()
    readings = _readings(job, part, processes, issues, counts)
    claims: list[Claim] = []
    rows = _kept(readings, claims, counts)
    try:
        files = [
            _table(folder, READINGS_IN, part, Table(READINGS_IN, READINGS, rows, _about)),
            _table(folder, CLAIMS_IN, part, Table(CLAIMS_IN, CLAIMS, map(claim_row, claims), _about)),
            _lines(folder, part, issues),
        ]
    except OSError as error:
        message = f"{socket.gethostname()}: {folder} cannot be written to ({error.strerror}); do all machines share it?"
        raise WhoholdsError(message) from error
    counts["issues"] = len(issues)
    done = {"part": part.name, "job": job.key, "counts": dict(sorted(counts.items())), "files": dict(files)}
    with _place(folder, DONE_IN, part, ".json") as path:
        path.write_text(json.dumps(done, indent=1) + "\n", encoding="utf-8")
    return done


def finished(job: Job, part: Part) -> dict[str, Any] | None:
    """What the part's fourth file says, where it is of this job and the others are there in their sizes."""
    folder = Path(job.folder)
    try:
        done: dict[str, Any] = json.loads((folder / DONE_IN / f"{part.name}.json").read_text(encoding="utf-8"))
        sizes = {name: (folder / name).stat().st_size for name in done["files"]}
        whole = done["job"] == job.key and all(sizes[name] == file["bytes"] for name, file in done["files"].items())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return done if whole else None


def _reports(job: Job, part: Part, issues: list[Issue], counts: Counter[str]) -> Iterator[Report]:
    """The reports of a part, each once."""
    options = Options(columns=job.columns)
    seen: set[str] = set()
    for piece in part.pieces:
        for report in read_file(piece.path, issues.append, options, piece.window):
            if report.id in seen:
                counts["copies"] += 1
                continue
            seen.add(report.id)
            yield report


def _readings(job: Job, part: Part, processes: int, issues: list[Issue], counts: Counter[str]) -> Iterator[Reading]:
    try:
        for reading in _pool(job, processes).read(_reports(job, part, issues, counts)):
            if set_aside(reading):
                counts["set aside"] += 1
                issues.extend(reading.issues)
                continue
            if reading.made_by != job.made_by:
                raise WhoholdsError(
                    f"{socket.gethostname()} has another version of whoholds, its gazetteer or its lists than the "
                    "machine that started this. Install the same on all."
                )
            yield reading
    except BaseException:
        _drop_pool()  # its processes are in the middle of something
        raise


def _kept(readings: Iterator[Reading], claims: list[Claim], counts: Counter[str]) -> Iterator[dict[str, Any]]:
    for reading in readings:
        counts["reports"] += 1
        counts["claims"] += len(reading.claims)
        counts["not English"] += reading.report.lang != "en"
        counts["without claims"] += not reading.claims
        claims.extend(reading.claims)
        report = reading.report
        yield {
            "report_id": report.id,
            "label": report.label,
            "lang": report.lang,
            "text": report.text,
            "report": to_line(replace(report, text="")),
            "claims": [claim_to_json(claim) for claim in reading.claims],
            "issues": to_line(reading.issues),
            "made_by": reading.made_by,
        }


def _table(folder: Path, inside: str, part: Part, table: Table) -> tuple[str, dict[str, Any]]:
    with _place(folder, inside, part, PARQUET.suffix) as path:
        rows = PARQUET.write(table, path)
        return f"{inside}/{part.name}{PARQUET.suffix}", _file(path, rows)


def _lines(folder: Path, part: Part, issues: list[Issue]) -> tuple[str, dict[str, Any]]:
    with _place(folder, ISSUES_IN, part, ".jsonl") as path:
        path.write_text("".join(to_line(issue) + "\n" for issue in issues), encoding="utf-8")
        return f"{ISSUES_IN}/{part.name}.jsonl", _file(path, len(issues))


def _place(folder: Path, inside: str, part: Part, suffix: str) -> Any:
    (folder / inside).mkdir(parents=True, exist_ok=True)
    return written_whole(folder / inside / f"{part.name}{suffix}")


def _file(path: Path, rows: int) -> dict[str, Any]:
    raw = path.read_bytes()
    return {"bytes": len(raw), "rows": rows, "sha256": hashlib.sha256(raw).hexdigest()}


def _about() -> dict[str, object]:
    return {"disclaimer": DISCLAIMER}


def _pool(job: Job, processes: int) -> Pool:
    """This thread's readers, which stay for the next part: they take seconds to load."""
    wanted = (job.made_by, job.today, processes)
    if getattr(_own, "wanted", None) != wanted:
        _drop_pool()
        # A worker of Dask is a daemon, which may have no children; ours end with it all the same.
        multiprocessing.current_process().daemon = False
        _own.pool, _own.wanted = Pool(processes, today=job.today).__enter__(), wanted
    pool: Pool = _own.pool
    return pool


def _drop_pool() -> None:
    if pool := getattr(_own, "pool", None):
        pool.__exit__()
    _own.pool = _own.wanted = None
