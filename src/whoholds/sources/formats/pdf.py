"""PDF with a text layer. Scans have none, and are listed."""

from __future__ import annotations

import hashlib
import io
import logging
import re
from collections.abc import Iterator
from typing import BinaryIO

from whoholds.model import Issue, OnIssue, Severity
from whoholds.sources.decode import clean
from whoholds.sources.formats import Format, Origin
from whoholds.sources.records import Record, one_line

LARGEST = 40_000_000
PAGES = 500
CHARACTERS = 5_000_000
LEAST = 20
"""Characters a page; a scan's page holds a stamp or a number at most."""
_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad]\n(?=[a-z])")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.I)
_BULLET = re.compile(r"\s*(?:[•·▪◦*–-]|\(?\w{1,3}[.)])\s")


def _read(file: BinaryIO, origin: Origin, on_issue: OnIssue) -> Iterator[Record]:
    raw = file.read(LARGEST + 1)
    if not raw:
        on_issue(Issue("empty", "the file is empty", origin.source))
        return
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it prints each of the small faults that most files have
    try:
        pages, title = _pages(raw, origin, on_issue)
    except Exception as error:  # pypdf raises many kinds on files that lie
        message = f"not a PDF that can be read ({type(error).__name__}: {str(error)[:100]}); save the page as text"
        on_issue(Issue("bad-pdf", message, origin.source, severity=Severity.ERROR))
        return
    text = "\n\n".join(reflow(page) for page in pages).strip()
    if len(text) < LEAST * max(1, len(pages) // 2):
        message = "a PDF without a text layer (a scan); run it through text recognition first"
        on_issue(Issue("no-text", message, origin.source, severity=Severity.ERROR))
        return
    text = clean(text, origin.source, on_issue)
    digest = hashlib.sha256(raw).hexdigest()
    yield Record(origin.source, origin.name, digest, text, None, one_line(title or ""), None, None, None, None)


def _pages(raw: bytes, origin: Origin, on_issue: OnIssue) -> tuple[list[str], str | None]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(raw))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("it is locked with a password")
    number, pages, size = len(reader.pages), [], 0
    for page in reader.pages[:PAGES]:
        pages.append(page.extract_text())
        size += len(pages[-1])
        if size > CHARACTERS:
            break
    if len(pages) < number:
        message = f"only its first {len(pages)} pages of {number} are read; split it"
        on_issue(Issue("cut-short", message, origin.source, f"page {len(pages) + 1}"))
    title = reader.metadata.title if reader.metadata else None
    return pages, title if title and " " in title.strip() else None


def reflow(page: str) -> str:
    """Lines as they were printed → paragraphs, one a line, apart by blank lines; page numbers left out.

    A paragraph ends at a blank line, and at a line much shorter than the page's that ends a sentence or is a heading.
    """
    lines = [line.strip() for line in _HYPHEN.sub("", page).split("\n")]
    widths = sorted(len(line) for line in lines if line)
    wide = widths[int(len(widths) * 0.8)] if widths else 0
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if not line or _PAGE_NUMBER.fullmatch(line):
            paragraphs.append([])
            continue
        if _BULLET.match(line):
            paragraphs.append([])
        paragraphs[-1].append(line)
        if len(line) < 0.75 * wide and (line[-1] in ".!?:”\"'" or len(paragraphs[-1]) == 1):
            paragraphs.append([])
    return "\n\n".join(" ".join(lines) for lines in paragraphs if lines)


FORMAT = Format("a PDF", (".pdf",), _read, largest=LARGEST)
