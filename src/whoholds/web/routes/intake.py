"""Adding reports: by paste or by files, read in the background, with progress."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, UploadFile
from fastapi import Path as InPath
from starlette.responses import Response

from whoholds.exports.text import to_json
from whoholds.model import Issue, Severity
from whoholds.sources.inputs import KINDS, WHY_NOT, is_known
from whoholds.web import shapes
from whoholds.web.asked import Here, Writing
from whoholds.web.desk import reply
from whoholds.web.jobs import Job
from whoholds.web.problems import ProblemError
from whoholds.web.shapes import PasteIn

router = APIRouter(tags=["adding reports"])
JobId = Annotated[str, InPath(pattern="^[0-9a-f]{1,32}$")]
CHUNK = 1 << 20


@router.post("/reports", status_code=202, response_model=shapes.Job)
def paste(desk: Writing, said: PasteIn) -> Response:
    """Read one pasted report."""
    if not said.text.strip():
        raise ProblemError(422, "`text` has no words in it.")
    name = " ".join((said.name or said.text[:60]).split()) or "pasted"
    record = {
        "id": name,
        "text": said.text,
        "title": said.title,
        "published": said.published,
        "outlet": said.outlet,
        "url": said.url,
    }
    job = desk.jobs.new()
    try:
        job.files.append(name)
        (job.folder / "pasted.jsonl").write_text(to_json(record) + "\n", encoding="utf-8")
        desk.jobs.put(job)
    except BaseException:
        desk.jobs.drop(job)
        raise
    return reply(record_of(job), 202)


@router.post("/uploads", status_code=202, response_model=shapes.Job)
def upload(desk: Writing, files: Annotated[list[UploadFile], File()]) -> Response:
    """Read files (multipart, field `files`): every kind that `whoholds read` reads, never a web address.

    Files of other kinds and those that are too large are listed among the job's issues, and the others read; refused
    (422, 413) only where none is left.
    """
    limits = desk.settings.limits
    if len(files) > limits.files:
        raise ProblemError(413, f"At most {limits.files} files at a time.")
    if sum(file.size or 0 for file in files) > limits.upload_bytes:
        raise ProblemError(413, f"More than {limits.upload_bytes // 1_000_000} MB together; give less at a time.")
    refused: list[ProblemError] = []
    job = desk.jobs.new()
    try:
        for number, file in enumerate(files):
            given = file.filename or "file.txt"
            shown = " ".join(given.split())[:200]
            try:
                name = safe_name(given)
                if (file.size or 0) > limits.file_bytes:
                    raise ProblemError(413, f"{shown[:100]} has more than {limits.file_bytes // 1_000_000} MB.")
            except ProblemError as problem:
                refused.append(problem)
                job.issues.append(Issue("not-taken", problem.detail, shown, severity=Severity.ERROR))
                continue
            job.files.append(shown)
            # Each in a folder of its own: two may have one name, and reports are called after their files.
            place = job.folder / f"{number:04d}"
            place.mkdir()
            with (place / name).open("wb") as out:
                shutil.copyfileobj(file.file, out, CHUNK)
        if not job.files:
            raise refused[0]
        desk.jobs.put(job)
    except BaseException:
        desk.jobs.drop(job)
        raise
    return reply(record_of(job), 202)


def safe_name(given: str) -> str:
    """A name for a file of an upload: its last part, of plain signs, with the suffix that says its kind.

    Raises ProblemError (422) where it is of a kind that is not read.
    """
    last = re.split(r"[/\\]", given)[-1]
    plain = re.sub(r"[^\w.\- ]", "_", last).strip(". ")[-120:] or "file.txt"
    if not is_known(plain):
        suffix = Path(plain).suffix.lower()
        why = WHY_NOT.get(suffix, f"only {KINDS} are read")
        raise ProblemError(422, f"{last[:100]} is of a kind that is not read: {why}.")
    return plain


@router.get("/jobs", response_model=list[shapes.Job])
def jobs(desk: Here) -> Response:
    """What is being read and what was, the latest first."""
    return reply([record_of(job) for job in desk.jobs.all()])


@router.get("/jobs/{job_id}", response_model=shapes.Job)
def job(desk: Here, job_id: JobId) -> Response:
    """How far it is; to be asked again until it is done, failed or stopped."""
    return reply(record_of(desk.jobs.get(job_id)))


@router.post("/jobs/{job_id}/stop", response_model=shapes.Job)
def stop(desk: Writing, job_id: JobId) -> Response:
    """Stop reading; finished reports are kept."""
    return reply(record_of(desk.jobs.stop(job_id)))


def record_of(job: Job) -> dict[str, object]:
    return {
        "id": job.id,
        "state": str(job.state),
        "files": job.files,
        "total": job.total,
        "done": job.done,
        "reports_new": job.reports_new,
        "reports_known": job.reports_known,
        "claims": job.claims,
        "places": sorted(job.places),
        "place_names": dict(sorted(job.places.items())),
        "issues": [
            {"code": i.code, "severity": str(i.severity), "message": i.message, "source": i.source, "place": i.place}
            for i in list(job.issues)
        ],
        "fault": job.fault,
        "begun": job.begun,
        "ended": job.ended,
    }
