"""Web archives with damaged places: what stands behind them is read."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from whoholds.intake import Options
from whoholds.model import Issue
from whoholds.sources.read import found_in, opened

NUMBER = 12


def record(n: int, lie: int = 0, words: int = 40) -> bytes:
    page = f"<html><body><p>This is page {n}. {'The people of the town have left it. ' * words}</p></body></html>"
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{n}\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http) + lie}\r\n\r\n"
    return head.encode() + http + b"\r\n\r\n"


def flipped(raw: bytes) -> bytes:
    half = len(raw) // 2
    return raw[:half] + bytes(byte ^ 0xFF for byte in raw[half : half + 9]) + raw[half + 9 :]


PACKED = {
    "flipped": flipped(gzip.compress(record(5))),
    "long and flipped": flipped(gzip.compress(record(5, words=1) + bytes(range(256)) * 4_000, 1)),
    "cut": gzip.compress(record(5))[:90],
    "checksum": gzip.compress(record(5))[:-8] + bytes(8),
    "too long": gzip.compress(record(5, 700)),
    "too short": gzip.compress(record(5, -200)),
    "junk": b"junk" * 500,
    "no record": gzip.compress(b"hello\r\n\r\n" + b"x" * 300),
    "no length": gzip.compress(record(5).replace(b"Content-Length", b"Content-Lxngth")),
    "huge length": gzip.compress(record(5).replace(b"Content-Length: ", b"Content-Length: 99999999999")),
    "false beginnings": b"\x1f\x8b\x08" * 300,
    "zeros": bytes(5_000),
}
PLAIN = {
    "too long": record(5, 700),
    "too short": record(5, -200),
    "junk": b"junk\r\n" * 500,
    "no length": record(5).replace(b"Content-Length", b"Content-Lxngth"),
}


def read(path: Path) -> tuple[list[int], list[Issue]]:
    issues: list[Issue] = []
    found = [opened(one, issues.append) for one in found_in(str(path), issues.append, Options())]
    return [int(report.label.rpartition("/")[2]) for report in found], issues


@pytest.mark.parametrize("how", PACKED)
def test_behind_a_damaged_member_it_goes_on(how: str, tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    parts = [gzip.compress(record(n)) for n in range(NUMBER)]
    parts[5] = parts[9] = PACKED[how]
    path.write_bytes(b"".join(parts))
    found, issues = read(path)
    assert [n for n in found if n != 5] == [n for n in range(NUMBER) if n not in (5, 9)]
    # A length that cannot be is told of once for the record, and once for what could not be told apart from it.
    assert sum(issue.code == "bad-record" for issue in issues) == {"huge length": 4}.get(how, 2)
    total = next(issue.message for issue in issues if issue.code == "archive")
    assert f"{len(found)} pages" in total


@pytest.mark.parametrize("how", PLAIN)
def test_behind_a_damaged_record_it_goes_on(how: str, tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    parts = [record(n) for n in range(NUMBER)]
    parts[5] = PLAIN[how]
    path.write_bytes(b"".join(parts))
    found, issues = read(path)
    assert [n for n in found if n != 5] == [n for n in range(NUMBER) if n != 5]
    assert [issue.code for issue in issues].count("bad-record") == 1


def test_a_file_that_ends_in_the_middle_and_one_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    whole = b"".join(gzip.compress(record(n)) for n in range(NUMBER))
    path.write_bytes(whole[:-40])
    found, issues = read(path)
    assert found == list(range(NUMBER - 1))
    assert [issue.code for issue in issues] == ["bad-record", "archive"]
    path.write_bytes(b"no archive at all " * 100)
    assert read(path)[0] == []
