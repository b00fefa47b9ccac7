"""Adding reports: by paste or by files, read in the background, with progress."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Path, UploadFile

from whoholds.web.asked import Here, Writing
from whoholds.web.shapes import Job, PasteIn

router = APIRouter(tags=["adding reports"])
JobId = Annotated[str, Path(pattern="^[0-9a-f]{1,32}$")]


@router.post("/reports", status_code=202)
def paste(desk: Writing, said: PasteIn) -> Job:
    """Read one pasted report."""
    raise NotImplementedError


@router.post("/uploads", status_code=202)
def upload(desk: Writing, files: Annotated[list[UploadFile], File()]) -> Job:
    """Read files (multipart, field `files`): every kind that `whoholds read` reads, never a web address."""
    raise NotImplementedError


@router.get("/jobs")
def jobs(desk: Here) -> list[Job]:
    """What is being read and what was, the latest first."""
    raise NotImplementedError


@router.get("/jobs/{job_id}")
def job(desk: Here, job_id: JobId) -> Job:
    """How far it is; to be asked again until it is done, failed or stopped."""
    raise NotImplementedError


@router.post("/jobs/{job_id}/stop")
def stop(desk: Writing, job_id: JobId) -> Job:
    """Stop reading; finished reports are kept."""
    raise NotImplementedError
