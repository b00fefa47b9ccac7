"""Adding reports: by paste and by files, with progress, issues, and nothing that a file's name could do."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from whoholds.errors import WhoholdsError
from whoholds.web import shapes
from whoholds.web.decoding import reports_in
from whoholds.web.problems import ProblemError
from whoholds.web.routes.intake import safe_name
from whoholds.web.settings import Limits

API = "/api/v1"


def finished(client: TestClient, job: dict[str, Any]) -> shapes.Job:
    """The job, once it is over: it is asked for again and again, as the page does."""
    for _ in range(600):
        found = shapes.Job.model_validate(client.get(f"{API}/jobs/{job['id']}").json())
        if found.state in ("done", "failed", "stopped"):
            return found
        time.sleep(0.05)
    raise AssertionError(f"the job never ended: {found}")


def test_a_pasted_report_is_read(writer: TestClient) -> None:
    said = {"text": "gains gov:IRQ Lyman 2016-05-01\nissue", "name": "my note", "published": "2016-05-02"}
    answer = writer.post(f"{API}/reports", json=said)
    assert answer.status_code == 202
    job = finished(writer, answer.json())
    assert (job.state, job.reports_new, job.claims, job.places) == ("done", 1, 1, ["test:lyman"])
    assert [i.code for i in job.issues] == ["odd"]
    assert not any("/tmp" in i.source for i in job.issues)
    assert [h["place"] for h in writer.get(f"{API}/search?q=lyman").json()] == ["Lyman"]
    again = finished(writer, writer.post(f"{API}/reports", json=said).json())
    assert (again.reports_new, again.reports_known) == (0, 1)
    assert [job["id"] for job in writer.get(f"{API}/jobs").json()] == [again.id, job.id]


def test_files_are_read_and_bad_ones_listed(writer: TestClient) -> None:
    files = [
        ("files", ("one.txt", b"gains gov:IRQ Lyman 2016-05-01")),
        ("files", ("one.txt", b"holds gov:UKR Lyman 2016-05-03")),
        ("files", ("empty.txt", b"")),
        ("files", ("lines.jsonl", b'{"id": "x", "text": "holds sdf Rutba 2016-05-04"}\nnot json\n')),
        ("files", ("bad.txt", b"crash")),
    ]
    job = finished(writer, writer.post(f"{API}/uploads", files=files).json())
    assert (job.state, job.reports_new, job.claims) == ("done", 3, 3)
    assert {"empty", "bad-json", "reader-failed"} <= {i.code for i in job.issues}
    assert job.files == ["one.txt", "one.txt", "empty.txt", "lines.jsonl", "bad.txt"]
    assert not any("whoholds-upload" in i.source for i in job.issues)
    labels = {r["label"] for r in writer.get(f"{API}/tables/reports?limit=50").json()["rows"]}
    assert {"one.txt", "x"} <= labels
    assert all("whoholds-upload" not in r["source"] for r in writer.get(f"{API}/tables/issues").json()["rows"])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/cron.d/x.txt", "x.txt"),
        ("C:\\Users\\me\\page.html", "page.html"),
        ("/etc/passwd.txt", "passwd.txt"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ("تقرير.html", "تقرير.html"),
        ("..txt", None),
        ("evil.exe", None),
        ("x.zip", None),
        ("..", "file.txt"),
    ],
)
def test_a_file_s_name_is_no_path(given: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(ProblemError, match="not read"):
            safe_name(given)
    else:
        assert safe_name(given) == kept


def test_kinds_that_are_not_read_are_refused_at_once(writer: TestClient) -> None:
    answer = writer.post(f"{API}/uploads", files={"files": ("a.docx", b"PK")})
    assert answer.status_code == 422
    assert "docx" in answer.json()["detail"]
    assert writer.post(f"{API}/uploads", data={"files": "no file"}).status_code in (415, 422)


def test_files_that_are_not_taken_are_listed_and_the_others_read(writing: Callable[..., TestClient]) -> None:
    client = writing(limits=Limits(file_bytes=100))
    files = [
        ("files", ("good.txt", b"gains gov:IRQ Lyman 2016-05-01")),
        ("files", ("letter.docx", b"PK")),
        ("files", ("long.txt", b"x" * 101)),
    ]
    job = finished(client, client.post(f"{API}/uploads", files=files).json())
    assert (job.state, job.reports_new, job.files) == ("done", 1, ["good.txt"])
    assert [(i.code, i.severity, i.source) for i in job.issues] == [
        ("not-taken", "error", "letter.docx"),
        ("not-taken", "error", "long.txt"),
    ]
    listed = client.get(f"{API}/tables/issues", params={"code": "not-taken"}).json()["rows"]
    assert sorted(row["source"] for row in listed) == ["letter.docx", "long.txt"]


def test_a_paste_without_words_is_refused(writer: TestClient) -> None:
    assert writer.post(f"{API}/reports", json={"text": "  \n"}).status_code == 422
    assert writer.post(f"{API}/reports", json={"text": ""}).status_code == 422
    assert writer.post(f"{API}/reports", json={"text": "x" * 2_000_001}).status_code == 422


def test_nothing_of_an_upload_stays_behind(writer: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    finished(writer, writer.post(f"{API}/uploads", files={"files": ("a.txt", b"holds sdf Rutba 2016-05-04")}).json())
    assert list(folder.glob("whoholds-upload-*")) == []


def test_a_fault_of_the_reader_is_told_and_the_next_job_is_read(writer: TestClient) -> None:
    jobs = writer.app.state.desk.jobs  # type: ignore[attr-defined]
    make = jobs.make_reader

    def broken() -> Any:
        raise RuntimeError("secret")

    jobs.make_reader = broken
    failed = finished(writer, writer.post(f"{API}/reports", json={"text": "holds sdf Rutba 2016-05-04"}).json())
    assert failed.state == "failed"
    assert "secret" not in (failed.fault or "")
    jobs.make_reader = make
    assert (
        finished(writer, writer.post(f"{API}/reports", json={"text": "holds sdf Rutba 2016-05-04"}).json()).claims == 1
    )


def test_an_unknown_job_is_none(writer: TestClient) -> None:
    assert writer.get(f"{API}/jobs/0123").status_code == 404
    assert writer.post(f"{API}/jobs/0123/stop", json={}).status_code == 404


# ---- the process that opens files


def opened(folder: Path, stopped: bool = False) -> tuple[list[str], list[str], list[int | None]]:
    issues: list[str] = []
    counts: list[int | None] = []
    found = reports_in(folder, lambda issue: issues.append(issue.code), counts.append, lambda: stopped)
    return [report.label for report in found], issues, counts


def test_files_are_opened_in_a_process_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Troops took the town on Monday, officials said.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    assert opened(tmp_path) == (["a.txt"], ["empty"], [2])
    assert opened(tmp_path, stopped=True)[0] == []


def test_a_file_that_stalls_its_process_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Troops took the town on Monday, officials said.", encoding="utf-8")
    monkeypatch.setattr("whoholds.web.decoding.PATIENCE_S", -1.0)
    monkeypatch.setattr("whoholds.web.decoding.LOOK_S", 0.0)
    assert opened(tmp_path)[:2] == ([], ["file-gave-up"])


def test_a_folder_with_nothing_to_read_is_the_job_s_fault(tmp_path: Path) -> None:
    with pytest.raises(WhoholdsError, match="holds no file"):
        opened(tmp_path)
