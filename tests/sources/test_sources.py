"""Inputs → reports, and what is wrong with them → issues."""

from __future__ import annotations

import hashlib
import io
import json
import os
import socket
from collections.abc import Sequence
from pathlib import Path

import pytest

from whoholds.errors import InputError
from whoholds.model import Issue, Report, Role, Severity
from whoholds.sources import MAX_TEXT, count, reports

TEXT = (
    "Army retakes Orsa\n\nGovernment troops on Sunday retook the river town of Orsa from the rebels, officials said.\n"
)
HTML = (
    "<html><head><title>Army retakes Orsa</title></head><body><h1>Army retakes Orsa</h1>"
    f"<p>{TEXT.splitlines()[2]}</p></body></html>"
)


def read(*inputs: object, stdin: bytes | None = None) -> tuple[list[Report], list[Issue]]:
    issues: list[Issue] = []
    stream = None if stdin is None else io.BytesIO(stdin)
    return list(reports([str(given) for given in inputs], issues.append, stdin=stream)), issues


def codes(issues: Sequence[Issue]) -> list[str]:
    return [issue.code for issue in issues]


def jsonl(path: Path, *records: object) -> Path:
    path.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in records), "utf-8")
    return path


def test_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "d01.txt"
    path.write_text(TEXT, "utf-8")
    (report,), issues = read(path)
    assert (report.label, report.title, report.lang, report.text) == ("d01.txt", "Army retakes Orsa", "en", TEXT)
    assert report.source == str(path)
    assert report.raw_hash == hashlib.sha256(TEXT.encode()).hexdigest()
    assert [section.role for section in report.sections] == [Role.TITLE, Role.BODY]
    assert report.published is None
    assert report.stated_date is None
    assert issues == []


def test_an_html_file_and_html_in_a_text_file(tmp_path: Path) -> None:
    for name in ("a.html", "b.HTM", "c.txt"):
        (tmp_path / name).write_text(HTML, "utf-8")
    found, issues = read(tmp_path)
    assert [report.label for report in found] == ["a.html", "b.HTM", "c.txt"]
    assert {report.text for report in found} == {TEXT.strip()}
    assert {report.title for report in found} == {"Army retakes Orsa"}
    assert issues == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_an_html_file_in_wide_letters_is_a_page(tmp_path: Path, encoding: str) -> None:
    words = TEXT.splitlines()[2]
    page = (
        '<html><head><meta property="article:published_time" content="2020-01-05"><title>Army retakes Orsa</title>'
        f"</head><body><p>{words}</p></body></html>"
    )
    (tmp_path / "a.html").write_bytes(page.encode(encoding))
    (tmp_path / "b.html").write_bytes(f"<p>{words}</p><br>{words}".encode(encoding))
    (first, second), issues = read(str(tmp_path))
    assert (first.title, first.stated_date, first.text) == ("Army retakes Orsa", "2020-01-05", words)
    assert second.text == f"{words}\n\n{words}"
    assert {issue.severity for issue in issues} <= {Severity.NOTE}


def test_plain_text_in_an_html_file(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(TEXT, "utf-8")
    (report,), _ = read(path)
    assert report.text == TEXT


def test_records(tmp_path: Path) -> None:
    path = jsonl(
        tmp_path / "r.jsonl",
        {"id": "one", "text": TEXT, "title": "T", "published": "2020-05-03", "outlet": "The  Courier", "url": "https://c.example/1"},
        "",
        {"text": TEXT + "More.", "url": "javascript:alert(1)"},
        {"id": 7, "html": HTML, "lang": "en-GB"},
    )  # fmt: skip
    found, issues = read(path)
    first, second, third = found
    assert (first.label, first.title, first.stated_date, first.outlet) == ("one", "T", "2020-05-03", "The Courier")
    assert (first.url, first.source) == ("https://c.example/1", f"{path}, line 1")
    assert (second.label, second.url, second.source) == ("r.jsonl:3", None, f"{path}, line 3")
    assert (third.label, third.text, third.lang) == ("7", TEXT.strip(), "en")
    line = path.read_bytes().split(b"\n")[0]
    assert first.raw_hash == hashlib.sha256(line).hexdigest()
    assert issues == []


def test_one_broken_line_of_ten(tmp_path: Path) -> None:
    lines: list[object] = [{"id": f"r{n}", "text": f"{TEXT} {n}"} for n in range(10)]
    lines[2] = '{"id": "r2", "text": "unfinished'
    found, issues = read(jsonl(tmp_path / "r.jsonl", *lines))
    assert [report.label for report in found] == [f"r{n}" for n in range(10) if n != 2]
    assert [(issue.code, issue.place) for issue in issues] == [("bad-json", "line 3")]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("[1, 2]", "bad-json"),
        ('"text"', "bad-json"),
        ("[" * 100_000, "bad-json"),
        ('{"id": "a"}', "bad-record"),
        ('{"id": "a", "text": 5}', "bad-record"),
        ('{"id": "a", "text": null}', "bad-record"),
        ('{"id": "a", "text": "  \\n "}', "empty"),
        ('{"id": "a", "text": "ok", "n": ' + "9" * 10_000 + "}", "bad-json"),
    ],
)
def test_broken_records_are_issues_with_their_line(tmp_path: Path, line: str, code: str) -> None:
    found, issues = read(jsonl(tmp_path / "r.jsonl", {"id": "b", "text": TEXT}, line, {"id": "c", "text": TEXT + "!"}))
    assert [report.label for report in found] == ["b", "c"]
    assert code in codes(issues)
    assert "line 2" in str(issues[0])


def test_surrogates_byte_order_mark_and_odd_fields_in_records(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id": "a", "text": "The town \\ud800 of Orsa fell.\\u0000", "title": 3}\r\n')
    (report,), issues = read(path)
    assert report.text == "The town \N{REPLACEMENT CHARACTER} of Orsa fell."
    assert codes(issues) == ["bad-field", "zero-bytes"]


def test_the_same_label_with_other_words_is_noted(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "r.jsonl", *[{"id": "a", "text": text} for text in (TEXT, TEXT, TEXT + "More.")])
    found, issues = read(path)
    assert len(found) == 3
    assert [(issue.code, issue.severity) for issue in issues] == [("same-label", Severity.NOTE)]
    assert "line 3" in issues[0].source


def test_an_overlong_line_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whoholds.sources.records.MAX_LINE", 1_000)
    found, issues = read(jsonl(tmp_path / "r.jsonl", {"id": "a", "text": "x" * 5_000}, {"id": "b", "text": TEXT}))
    assert [report.label for report in found] == ["b"]
    assert [(issue.code, issue.place) for issue in issues] == [("too-large", "line 1")]


def test_folders_are_sorted_deep_and_leave_out_what_is_hidden_or_unknown(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", ".git/d.txt", "x.docx", "y.docx", "z.xyz", "README"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT + name, "utf-8")
    found, issues = read(tmp_path)
    assert [report.label for report in found] == ["a.txt", "b.txt", "c.txt"]
    messages = [issue.message for issue in issues]
    assert len(messages) == 3
    assert any("2 files ending in .docx" in message and "save it as text or PDF" in message for message in messages)
    assert {issue.severity for issue in issues} == {Severity.NOTE}


def test_patterns_and_doubles(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.html"):
        (tmp_path / name).write_text(TEXT + name, "utf-8")
    found, _ = read(tmp_path / "*.txt", tmp_path, tmp_path / "a.txt")
    assert [report.label for report in found] == ["a.txt", "b.txt", "c.html"]


def test_faults_of_the_request_are_all_named_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.docx").write_text("x")
    (tmp_path / "void").mkdir()
    issues: list[Issue] = []
    wrong = [tmp_path / name for name in ("none.txt", "*.jsonl", "b.docx", "void")]
    with pytest.raises(InputError) as error:
        reports([str(tmp_path / "a.txt"), *map(str, wrong), "bad\0path.txt"], issues.append)
    lines = str(error.value).splitlines()
    assert len(lines) == 5
    assert all(any(str(path) in line for line in lines) for path in wrong)
    assert "save it as text or PDF" in str(error.value)
    assert issues == []


def test_count(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    jsonl(tmp_path / "r.jsonl", {"text": "a"}, "", "broken", "   ", {"text": "b"})
    (tmp_path / "s.jsonl").write_text('{"text": "no newline"}', "utf-8")
    assert count([str(tmp_path), "-"]) == 1 + 3 + 1 + 1
    with pytest.raises(InputError):
        count([str(tmp_path / "none")])


@pytest.mark.parametrize(
    ("raw", "code", "words"),
    [
        (b"", "empty", "empty"),
        (b" \n\t\r\n", "empty", "no text"),
        (b"%PDF-1.4\n...", "binary", "call it .pdf"),
        (b"PK\x03\x04...", "binary", "ZIP"),
        (b"ab\x00cd", "binary", "binary"),
    ],
)
def test_files_that_hold_no_text(tmp_path: Path, raw: bytes, code: str, words: str) -> None:
    (tmp_path / "a.txt").write_bytes(raw)
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    found, issues = read(tmp_path)
    assert [report.label for report in found] == ["b.txt"]
    assert codes(issues) == [code]
    assert words in issues[0].message


def test_a_report_in_another_language_is_stored_and_said(tmp_path: Path) -> None:
    text = (
        "В воскресенье правительственные войска вернули город под свой контроль после двух недель боёв с повстанцами.\n"
    )
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (report,), issues = read(tmp_path)
    assert report.lang == "ru"
    assert [(issue.code, issue.severity) for issue in issues] == [("not-english", Severity.WARNING)]
    assert "no claims are read" in issues[0].message


def test_a_text_beyond_the_bound_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)

    def opened(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("the file was opened")

    monkeypatch.setattr(Path, "open", opened)
    found, issues = read(path)
    assert found == []
    assert codes(issues) == ["too-large"]
    assert "split it" in issues[0].message
    assert "50 MB" in issues[0].message


def test_standard_input_beyond_the_bound() -> None:
    found, issues = read("-", stdin=b"a b " * (MAX_TEXT // 4 + 10))
    assert found == []
    assert codes(issues) == ["too-large"]


def test_pipes_sockets_and_broken_links_do_not_hang(tmp_path: Path) -> None:
    (tmp_path / "ok.txt").write_text(TEXT, "utf-8")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    server = socket.socket(socket.AF_UNIX)
    cwd = Path.cwd()
    os.chdir(tmp_path)  # the name of a socket must be short
    try:
        server.bind("s.txt")
    finally:
        os.chdir(cwd)
        server.close()
    found, issues = read(tmp_path)
    assert [report.label for report in found] == ["ok.txt"]
    assert codes(issues) == ["not-a-file"] * 3
    _, explicit = read(tmp_path / "pipe.txt", tmp_path / "link.txt")
    assert len(explicit) == 2
    assert {issue.severity for issue in explicit} == {Severity.ERROR}


def test_files_and_folders_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    opened, scan = Path.open, os.scandir

    def refuse_file(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *args, **kwargs)  # type: ignore[call-overload]

    def refuse_folder(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(Path, "open", refuse_file)
    monkeypatch.setattr(os, "scandir", refuse_folder)
    found, issues = read(tmp_path)
    assert [report.label for report in found] == ["b.txt"]
    assert sorted(codes(issues)) == ["no-permission", "no-permission"]
    with pytest.raises(InputError, match="cannot be listed"):
        read(tmp_path / "shut")


def test_standard_input_is_told_apart() -> None:
    (text,), _ = read("-", stdin=TEXT.encode())
    assert (text.label, text.source, text.text) == ("stdin", "-", TEXT)
    (page,), _ = read("-", stdin=HTML.encode())
    assert page.text == TEXT.strip()
    lines = b"".join(json.dumps({"id": str(n), "text": f"{TEXT} {n}"}).encode() + b"\n" for n in range(50))
    found, issues = read("-", stdin=b"\n" + lines)
    assert [report.label for report in found] == [str(n) for n in range(50)]
    assert found[0].source == "-, line 2"
    assert issues == []


def test_records_are_streamed() -> None:
    class Endless(io.RawIOBase):
        """A pipe that never ends: whoever reads it all never returns."""

        number = 0

        def read(self, size: int = -1) -> bytes:
            assert 0 <= size <= 1 << 20
            self.number += 1
            return json.dumps({"id": str(self.number), "text": TEXT}).encode()[:size] + b"\n"

    stream = reports(["-"], print, stdin=Endless())  # type: ignore[arg-type]
    assert [next(stream).label for _ in range(3)] == ["1", "2", "3"]


def test_the_same_input_gives_the_same_reports(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    jsonl(tmp_path / "r.jsonl", {"id": "a", "text": TEXT + "b"}, {"html": HTML})
    assert read(tmp_path) == read(tmp_path)
