"""Windows of a file: together they hold each record once, with the names that it has in the whole."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest

from whoholds.intake import Options
from whoholds.sources.read import found_in, opened
from whoholds.sources.windows import WHOLE, windows


def jsonl(path: Path, blank: int = 0) -> None:
    chance = random.Random(3)
    lines = [json.dumps({"text": f"Report {n}. " * chance.randrange(1, 40)}) for n in range(60)]
    lines[20:20] = ["", "{broken", ""]
    path.write_text("\n".join(lines) + "\n" * blank, encoding="utf-8")


def warc(path: Path, packed: bool) -> None:
    records = []
    for n in range(60):
        page = (
            f"<html><head><title>Page {n}</title></head><body><p>{'Words of page. ' * (n % 17 + 3)}</p></body></html>"
        )
        http = f"HTTP/1.1 {200 if n % 5 else 404} OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{n if n % 3 else ''}\r\n"
        head += f"WARC-Record-ID: <urn:x:{n}>\r\nContent-Type: application/http; msgtype=response\r\n"
        record = f"{head}Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"
        records.append(gzip.compress(record, mtime=0) if packed else record)
    path.write_bytes(b"".join(records))


def read(path: Path, size: int | None) -> tuple[list[tuple[str, str, str]], list[str]]:
    issues: list[str] = []
    found = []
    for window in windows(str(path), size) if size else [WHOLE]:
        for one in found_in(str(path), lambda i: issues.append(str(i)), Options(), window):
            if report := opened(one, lambda i: issues.append(str(i))):
                found.append((report.label, report.source, report.id))
    return found, [issue for issue in issues if "records:" not in issue]


@pytest.mark.parametrize("name", ["x.jsonl", "x.warc", "x.warc.gz"])
@pytest.mark.parametrize(("size", "least"), [(1, 50), (2_000, 4)])
def test_the_windows_hold_what_the_file_holds(name: str, size: int, least: int, tmp_path: Path) -> None:
    path = tmp_path / name
    jsonl(path) if name.endswith("jsonl") else warc(path, name.endswith("gz"))
    whole = read(path, None)
    assert len(whole[0]) > 45
    assert read(path, size) == whole
    assert len(windows(str(path), size)) >= least


def test_what_cannot_be_cut_is_one_window(tmp_path: Path) -> None:
    text = tmp_path / "x.txt"
    text.write_text("words " * 10_000)
    assert windows(str(text), 100) == [WHOLE]
    wide = tmp_path / "wide.jsonl"
    wide.write_bytes("\n".join('{"text": "a"}' for _ in range(500)).encode("utf-16"))
    assert windows(str(wide), 100) == [WHOLE]
    one = tmp_path / "one.warc.gz"
    plain = tmp_path / "plain.warc"
    warc(plain, packed=False)
    one.write_bytes(gzip.compress(plain.read_bytes()))  # not record by record, as the standard asks
    assert read(one, 100)[0] == read(one, None)[0]
    with pytest.raises(FileNotFoundError):
        windows(str(tmp_path / "none.jsonl"), 100)
