"""The sample reports and the claims written by hand from them: complete, exact, and free of real addresses."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from whoholds.model import Kind, Mode

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
GOLD = ROOT / "eval" / "gold" / "examples.jsonl"
LABELS = ROOT / "eval" / "gold" / "examples.reports.txt"

FIELDS = {
    "report",
    "kind",
    "actor",
    "against",
    "place",
    "start",
    "end",
    "mode",
    "extent",
    "speaker",
    "speaker_role",
    "anonymous",
    "told",
    "destination",
    "share",
    "quote",
}
OPTIONAL = {"doubtful", "note"}
NOT_SHOWN = {"head", "script", "style"}
BLOCKS = {
    *("p", "div", "h1", "h2", "h3", "h4", "li", "ul", "ol", "td", "tr", "table", "br", "hr", "figure", "figcaption"),
    *("article", "aside", "section", "header", "footer", "nav", "main", "body", "blockquote", "pre", "form"),
}


class VisibleText(HTMLParser):
    """The text of a page as a reader sees it: no head, no scripts, a blank between blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.hidden = 0
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in NOT_SHOWN:
            self.hidden += 1
        if tag in BLOCKS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in NOT_SHOWN:
            self.hidden -= 1
        if tag in BLOCKS:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def decoded(path: Path) -> str:
    raw = path.read_bytes()
    charset = re.search(rb"charset=[\"']?([\w-]+)", raw)
    return raw.decode(charset.group(1).decode() if charset else "utf-8")


def visible(path: Path) -> str:
    text = decoded(path)
    if path.suffix != ".html":
        return text
    parser = VisibleText()
    parser.feed(text)
    parser.close()
    return " ".join("".join(parser.parts).split())


def files(*suffixes: str) -> list[Path]:
    return sorted(p for p in EXAMPLES.iterdir() if p.suffix in suffixes)


def bulletins() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (EXAMPLES / "bulletins.jsonl").read_text(encoding="utf-8").splitlines()]


def texts() -> dict[str, str]:
    """Every report's label with its visible text."""
    found = {path.name: visible(path) for path in files(".txt", ".html")}
    found.update({record["id"]: record["text"] for record in bulletins()})
    return found


def gold() -> list[dict[str, Any]]:
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def table() -> dict[str, str]:
    """The README's table: file name → war."""
    rows = re.findall(
        r"^\| `([^`]+)` \| ([^|]+) \|", (EXAMPLES / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    return {name: war.split(",")[0].strip() for name, war in rows}


def test_enough_reports_in_every_form() -> None:
    assert len(files(".txt", ".html")) >= 20
    assert len(files(".html")) >= 7
    assert len(bulletins()) >= 8


def test_readme_lists_every_report_and_many_wars() -> None:
    listed = table()
    assert set(listed) == {path.name for path in files(".txt", ".html", ".jsonl")}
    assert len(set(listed.values())) >= 10


def test_readme_says_licence_and_that_it_is_not_news() -> None:
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert "CC0" in readme
    assert "not news" in readme


def test_bulletins_are_complete_records() -> None:
    records = bulletins()
    assert len({record["id"] for record in records}) == len(records)
    for record in records:
        assert set(record) == {"id", "title", "text", "published", "outlet", "url", "lang"}
        assert all(isinstance(value, str) and value for value in record.values())
        assert date.fromisoformat(record["published"])


def test_bulletins_carry_one_story_under_two_outlets() -> None:
    wire, copy = (
        next(r for r in bulletins() if r["id"] == name) for name in ("libya-0305-wire", "libya-0305-quayside")
    )
    assert wire["outlet"] != copy["outlet"]
    story = wire["text"].split(" - ", 1)[1]
    assert len(story) > 300
    assert story in copy["text"]


def test_encodings_are_what_the_pages_say() -> None:
    charsets: Counter[str] = Counter()
    for path in files(".txt", ".html", ".jsonl"):
        text = decoded(path)
        assert text.strip()
        charsets["windows-1252" if 'charset=windows-1252"' in text else "utf-8"] += 1
    assert charsets["windows-1252"] == 1
    with pytest.raises(UnicodeDecodeError):
        (EXAMPLES / "mali-2013-gao.html").read_bytes().decode("utf-8")


def test_the_undated_page_has_its_date_in_the_metadata_only() -> None:
    page = EXAMPLES / "ukraine-2022-lyman.html"
    assert '"article:published_time" content="2022-10-01' in decoded(page)
    assert not re.search(r"2022", visible(page))


def test_no_address_leads_anywhere() -> None:
    hosts = {
        host.lower()
        for path in files(".txt", ".html", ".jsonl", ".md")
        for host in re.findall(r"(?:https?:)?//([\w.-]+)", decoded(path))
        if "." in host
    }
    assert hosts
    assert {host for host in hosts if not re.fullmatch(r"(?:[\w-]+\.)*example\.(?:org|net|com)", host)} == set()


def test_labels_are_the_reports() -> None:
    labels = LABELS.read_text(encoding="utf-8").split()
    assert len(labels) == len(set(labels))
    assert set(labels) == set(texts())


def test_every_report_has_claims() -> None:
    counts = Counter(claim["report"] for claim in gold() if not claim.get("doubtful"))
    assert set(counts) == set(texts())
    assert min(counts.values()) >= 3


def test_fields_and_values_are_those_of_the_guide() -> None:
    for claim in gold():
        assert FIELDS <= set(claim) <= FIELDS | OPTIONAL
        assert claim["kind"] in set(Kind)
        assert claim["mode"] in set(Mode)
        assert claim["extent"] in {None, "whole", "most", "part"}
        assert claim["place"]
        assert isinstance(claim["anonymous"], bool)
        assert claim["share"] is None or 0 < claim["share"] <= 1
        assert claim["destination"] is None or claim["kind"] == "withdraws"
        assert claim["actor"] is None or re.fullmatch(r"[a-z0-9-]+|(gov|rebels|tribal):[A-Z]{3}", claim["actor"])


def test_dates_are_valid_and_in_order() -> None:
    for claim in gold():
        start, end = (claim[key] and date.fromisoformat(claim[key]) for key in ("start", "end"))
        assert not (start and end) or start <= end, claim


def test_every_quote_stands_in_the_visible_text() -> None:
    shown = texts()
    assert [(c["report"], c["quote"]) for c in gold() if c["quote"] not in shown[c["report"]]] == []


def test_no_claim_twice() -> None:
    keys = Counter((c["report"], c["kind"], c["actor"], c["place"], c["mode"], c["quote"], c["start"]) for c in gold())
    assert [key for key, count in keys.items() if count > 1] == []


def test_some_towns_change_hands_over_the_reports() -> None:
    takers: dict[str, set[str]] = {}
    for claim in gold():
        if claim["kind"] == "gains" and claim["mode"] == "asserted" and claim["actor"]:
            takers.setdefault(claim["place"], set()).add(claim["actor"])
    for town in ("Ramadi", "Palmyra", "Kidal", "Mekelle", "Wad Madani", "Kunduz", "Ras Lanuf"):
        assert len(takers[town]) >= 2, town
