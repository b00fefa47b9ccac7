"""A web archive of many mixed records, broken ones among them: is every one accounted for, how fast, in what memory?

    python benchmarks/archive.py [--records 20000] [--processes 1] [--keep FOLDER]

The archive is made up, the same each time: pages of war and of other things, copies, pages in other encodings, packed,
chunked and in French, redirects, pictures, requests, gzip bombs, members that are damaged or cut. It is read by
`whoholds read` in a process of its own. Exit code 1 where the sums do not add up to what was made.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from feeds import DEEDS, PEOPLE, TOWNS

COMMAND = "import sys; from whoholds.cli import main; main()"
WAR = (
    "Government troops recaptured {town} from the rebels on Monday.",
    "The rebels withdrew from {town} after two days of fighting.",
    "Army units hold the east of {town}, the mayor said.",
)
ENCODINGS = ("utf-8", "cp1252", "utf-16", "iso8859_15")
BOMB = gzip.compress(bytes(60_000_000), 9)


@dataclass(frozen=True, slots=True)
class Made:
    """One record as bytes, what it counts as in the archive's own sum, and whether it becomes a new report."""

    raw: bytes
    counts: tuple[str, ...]
    report: str = "none"
    """new, copy, none, or empty (a page without words)."""


def words(chance: random.Random, n: int, war: bool) -> str:
    town = chance.choice(TOWNS)
    lines = [
        f"{chance.choice(PEOPLE).capitalize()} {chance.choice(DEEDS).format(town=chance.choice(TOWNS))}."
        for _ in range(chance.randrange(6, 14))
    ]
    if war:
        lines[2:2] = [line.format(town=town) for line in WAR]
    return f"<p>Item {n} of the day. " + " ".join(lines[:4]) + "</p><p>" + " ".join(lines[4:]) + "</p>"


def page(title: str, body: str) -> str:
    menu = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(12))
    return (
        f"<!doctype html><html><head><title>{title}</title><style>p {{ margin: 0 }}</style></head><body><nav><ul>{menu}"
        f"</ul></nav><article><h1>{title}</h1>{body}</article><footer>Contact. Imprint.</footer></body></html>"
    )


def response(
    n: int,
    body: bytes,
    *,
    status: str = "200 OK",
    kind: str = "text/html",
    extra: str = "",
    lie: int = 0,
    name: str = "",
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{extra}\r\n".encode() + body
    return record("response", http, f"https://news.example/{name or n}", "application/http; msgtype=response", lie)


def record(what: str, body: bytes, uri: str, kind: str, lie: int = 0) -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: {what}\r\nWARC-Target-URI: {uri}\r\nContent-Type: {kind}\r\n"
    return gzip.compress(head.encode() + f"Content-Length: {len(body) + lie}\r\n\r\n".encode() + body + b"\r\n\r\n", 1)


def _chunked(body: bytes) -> bytes:
    parts = [body[at : at + 700] for at in range(0, len(body), 700)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def _damaged(raw: bytes) -> bytes:
    half = len(raw) // 2
    return raw[:half] + bytes(byte ^ 0xFF for byte in raw[half : half + 9]) + raw[half + 9 :]


def one(n: int, chance: random.Random, old: list[str]) -> Made:
    """The record of a number; `old`: pages made before, of which some come again."""
    body = words(chance, n, war=n % 20 == 7)
    html = page(f"Item {n}", body)
    plain = html.encode()
    bad = ("not readable",)
    kinds: dict[str, tuple[int, Callable[[], Made]]] = {
        "page": (520, lambda: Made(response(n, plain, kind="text/html; charset=utf-8"), ("pages",), "new")),
        "copy": (60, lambda: Made(response(n, chance.choice(old).encode()), ("pages",), "copy")),
        "encoded": (60, lambda: _encoded(n, html, chance.choice(ENCODINGS))),
        "packed": (
            60,
            lambda: Made(response(n, gzip.compress(plain, 1), extra="Content-Encoding: gzip\r\n"), ("pages",), "new"),
        ),
        "chunked": (
            30,
            lambda: Made(response(n, _chunked(plain), extra="Transfer-Encoding: chunked\r\n"), ("pages",), "new"),
        ),
        "french": (
            20,
            lambda: Made(
                response(n, page(f"Jour {n}", "<p>" + "Les habitants de la ville sont partis hier. " * 9).encode()),
                ("pages",),
                "new",
            ),
        ),
        "redirect": (60, lambda: Made(response(n, b"", status="301 Moved"), ("with status 301",))),
        "missing": (40, lambda: Made(response(n, plain, status="404 Not Found"), ("with status 404",))),
        "picture": (50, lambda: Made(response(n, b"\xff\xd8\xff" + bytes(900), kind="image/jpeg"), ("not pages",))),
        "request": (
            60,
            lambda: Made(record("request", b"GET / HTTP/1.1\r\n\r\n", "https://x/", "x/x"), ("of the kind request",)),
        ),
        "nothing": (10, lambda: Made(response(n, b""), ("empty pages",))),
        "wordless": (10, lambda: Made(response(n, page("", "").encode()[:40] + b"</html>"), ("pages",), "empty")),
        "broken gzip": (
            8,
            lambda: Made(response(n, _damaged(gzip.compress(plain)), extra="Content-Encoding: gzip\r\n"), bad),
        ),
        "bomb": (1, lambda: Made(response(n, BOMB, extra="Content-Encoding: gzip\r\n"), bad)),
        "damaged": (6, lambda: Made(_damaged(response(n, plain)), bad)),
        "cut": (5, lambda: Made(response(n, plain)[:200], bad)),
    }
    (kind,) = chance.choices([*kinds], [weight for weight, _ in kinds.values()])
    if kind == "copy" and not old:
        kind = "page"
    made = kinds[kind][1]()
    if kind == "page":
        old.append(html)
        del old[:-300]
    return made


def _encoded(n: int, html: str, encoding: str) -> Made:
    raw = html.replace("Contact", "Contact – café").encode(encoding, "replace")
    return Made(response(n, raw, kind=f"text/html; charset={encoding.replace('_', '-')}"), ("pages",), "new")


def make(path: Path, number: int, seed: int = 1) -> tuple[Counter[str], Counter[str]]:
    """Write the archive. Returns what its records count as, and what becomes of its pages."""
    chance, old = random.Random(seed), []
    counts: Counter[str] = Counter()
    pages: Counter[str] = Counter()
    before = ""
    with path.open("wb") as file:
        for n in range(number):
            made = one(n, chance, old)
            if made.counts == before == ("not readable",) and (n and made.report == "none"):
                made = Made(response(n, b""), ("empty pages",))  # two damaged places side by side are one to a reader
            before = made.counts
            file.write(made.raw)
            counts.update(made.counts)
            if made.counts == ("pages",):
                pages[made.report] += 1
    return counts, pages


@dataclass(frozen=True, slots=True)
class Read:
    """What `whoholds read` told of it, and what it cost."""

    counts: Counter[str]
    new: int
    known: int
    issues: Counter[str]
    wall_s: float
    cpu_s: float
    peak_mb: int


def read(path: Path, ledger: Path, processes: int) -> Read:
    begun = time.perf_counter()
    given = [str(path), "--ledger", str(ledger), "--format", "json", "--processes", str(processes)]
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, "read", *given], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.read())
        _, _, usage = os.wait4(process.pid, 0)
    issues = Counter(issue["code"] for issue in told["issues"])
    summary = next(issue["message"] for issue in told["issues"] if issue["code"] == "archive")
    counts = Counter(
        {what: int(n.replace(",", "")) for n, what in re.findall(r"([\d,]+) ([a-z][^,]*)", summary.partition(": ")[2])}
    )
    return Read(
        counts,
        told["reports_new"],
        told["reports_known"],
        issues,
        time.perf_counter() - begun,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss // 1024,
    )


def differences(counts: Counter[str], pages: Counter[str], found: Read) -> list[str]:
    """What does not add up, in words."""
    wanted = {
        "records": (counts, found.counts),
        "new reports": (pages["new"], found.new),
        "copies": (pages["copy"], found.known),
        "pages without words": (pages["empty"], found.issues["empty"]),
        "told one by one": (counts["not readable"], found.issues["bad-record"]),
        "set aside": (0, sum(n for code, n in found.issues.items() if code.startswith("reader-"))),
    }
    return [f"{what}: {is_} instead of {should}" for what, (should, is_) in wanted.items() if should != is_]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="leave archive and ledger in this folder")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        path = folder / "made.warc.gz"
        counts, pages = make(path, asked.records)
        found = read(path, folder / "made.db", asked.processes)
        print(f"== {sum(counts.values()):,} records, {path.stat().st_size / 1e6:.0f} MB packed; {dict(counts)}")
        print(f"   pages: {dict(pages)}")
        print(
            f"   {asked.records / found.wall_s:.0f} records a second ({asked.records / found.cpu_s:.0f} a second of"
            f" processor time), at most {found.peak_mb} MB"
        )
        wrong = differences(counts, pages, found)
        print("\n".join(["   DOES NOT ADD UP:", *wrong]) if wrong else "   every record is accounted for")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
