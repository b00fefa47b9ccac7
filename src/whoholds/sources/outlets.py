"""The register of outlets (`data/outlets.yml`): who published a report, for which side, taken from which agency.

    publisher(report)   → Publisher(outlet "The Guardian", wire "Reuters", side None)

An outlet is found by the name that came with the report, else by the domain of its address. An agency is found by the
signs that papers give it: "KABUL (Reuters) -", "AFP -" at the head, "By A Person, Associated Press", "© AFP" at the
foot. Only agencies of the register count; what is in brackets otherwise is not taken for one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import yaml

from whoholds.errors import LexiconError
from whoholds.model import Report, Role

KINDS = frozenset(["wire", "newspaper", "broadcaster", "site", "magazine", "state", "mouthpiece", "monitor"])
HEAD = 700
"""Characters of the page's words in which a dateline or byline names the agency."""
FOOT = 400
_DATELINE = re.compile(r"\(([^()\n]{2,60})\)\s*[-–—:]")
_OPENING = re.compile(r"^\W{0,3}([A-Z][\w.'/ -]{1,40}?)\s*[-–—:]\s", re.M)
_BYLINE = re.compile(r"(?:©|\(c\)|copyright|source:|via|by|with)\s*(?:\d{4}\s*)?(?:the\s+)?([^\n.|]{2,80})", re.I)
_PARTS = re.compile(r"[/,;|]| and | with ")
_WORDS = re.compile(r"[\W_]+")
_GENERIC = re.compile(r"\b(?:news agency|news|agency|television|tv|radio|website|newspaper|magazine|channel)$")


@dataclass(frozen=True, slots=True)
class Outlet:
    """One entry of the register."""

    name: str
    country: str
    """ISO 3166 alpha-3: where it is run from."""
    kind: str
    """One of KINDS."""
    side: str | None = None
    """The actor id it belongs or declares itself to; None for the others."""
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    note: str = ""
    """What kind and side rest on."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who a report comes from, as far as is known."""

    outlet: str | None
    """The register's name where it has the outlet, else the name that came with the report."""
    wire: str | None = None
    side: str | None = None
    """The outlet's side; without an outlet, the agency's."""


class Outlets:
    """The register, by name and by domain. Raises LexiconError, naming the entry, where the file is damaged."""

    def __init__(self, text: str) -> None:
        self.hash = hashlib.sha256(text.encode()).hexdigest()[:12]
        self.entries = tuple(_entries(text))
        self._names = {_key(name): entry for entry in self.entries for name in (*entry.aliases, entry.name)}
        self._domains = {domain: entry for entry in self.entries for domain in entry.domains}

    def named(self, name: str) -> Outlet | None:
        """The outlet of that name or alias; a domain is a name as well."""
        found = self._names.get(_key(name)) or self._names.get(_GENERIC.sub("", _key(name)).strip())
        return found or (self.at(f"http://{name.strip()}") if "." in name and " " not in name.strip() else None)

    def at(self, url: str) -> Outlet | None:
        """The outlet whose domain the address lies under."""
        try:
            labels = (urlsplit(url).hostname or "").lower().split(".")
        except ValueError:
            return None
        hosts = (".".join(labels[k:]) for k in range(len(labels) - 1))
        return next((self._domains[host] for host in hosts if host in self._domains), None)

    def wire(self, text: str) -> Outlet | None:
        """The agency that a dateline or byline names: "Reuters", "AFP/Getty", "A Person, Associated Press"."""
        for part in (text, *_PARTS.split(text)):
            entry = self._names.get(_key(part))
            if entry is not None and entry.kind == "wire":
                return entry
        return None


def _entries(text: str) -> Iterator[Outlet]:
    for number, raw in enumerate(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)), 1):
        name = raw.get("name") if isinstance(raw, dict) else None
        if not name or raw.get("kind") not in KINDS or not raw.get("country") or not raw.get("note"):
            raise LexiconError(f"data/outlets.yml, entry {number} ({name}): needs name, country, note and a known kind")
        yield Outlet(
            str(name), raw["country"], raw["kind"], raw.get("side"),
            tuple(map(str, raw.get("aliases") or ())), tuple(raw.get("domains") or ()), raw["note"],
        )  # fmt: skip


def _key(name: str) -> str:
    key = _WORDS.sub(" ", name.casefold()).strip()
    return key.removeprefix("the ")


@cache
def outlets() -> Outlets:
    """The register, loaded once."""
    return Outlets(files("whoholds.data").joinpath("outlets.yml").read_text(encoding="utf-8"))


def publisher(report: Report) -> Publisher:
    """Who published the report, and the agency it was taken from; an agency's own report is its own copy."""
    register = outlets()
    known = register.named(report.outlet) if report.outlet else None
    if known is None and report.url and not report.outlet:
        known = register.at(report.url)
    wire = known if known is not None and known.kind == "wire" else _wire_of(report, register)
    name = known.name if known else report.outlet
    side = known.side if known else wire.side if wire and not name else None
    return Publisher(name, wire.name if wire else None, side)


def _wire_of(report: Report, register: Outlets) -> Outlet | None:
    """The agency named where papers name it: dateline, opening, byline, foot of the page."""
    shown = [section for section in report.sections if section.role is not Role.FURNITURE]
    start = next((s.span.start for s in shown if s.role is not Role.TITLE), 0)
    head = report.text[start : start + HEAD]
    foot = report.text[-FOOT:]
    named = [match[1] for pattern in (_DATELINE, _OPENING) for match in pattern.finditer(head)]
    named += [match[1] for part in (head, foot) for match in _BYLINE.finditer(part)]
    named += [line.strip() for part in (head, foot) for line in part.splitlines() if 2 < len(line.strip()) < 40]
    return next((entry for words in named if (entry := register.wire(words.strip(" .*_")))), None)
