"""Reading the lexicon's YAML files into frozen entries, one rule at a time. No look-ups here: see `lexicon`."""

from __future__ import annotations

import calendar
import re
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from whoholds import cache
from whoholds.errors import LexiconError

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z|(?:rebels|tribal|vigilantes|militia):[A-Z]{3}\Z|coalition:[a-z0-9-]+\Z")
_CODE = re.compile(r"[A-Z]{3}\Z")
_FIRST_YEAR, _LAST_YEAR = 1700, 2100
OWN = Path(__file__).resolve().parents[2] / "data"
"""The folder of the package's own data."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A dated alliance with another actor. Both ends are included; None is open."""

    actor: str
    start: date | None
    end: date | None
    note: str

    def covers(self, on: date) -> bool:
        """True where the alliance stood on that day."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """An armed group, with the names it goes by in English-language reports."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    """Matched only in exactly this case."""
    branches: tuple[str, ...] = ()
    """Brigades, provinces and predecessors that count as this actor."""
    ambiguous: frozenset[str] = frozenset()
    """Those of its names that another entry, or something else that reports speak of, has as well."""
    also_place: tuple[str, ...] = ()
    """Those of its names that are the name of its territory first, and of its forces only where it acts."""
    other_ids: tuple[str, ...] = ()
    """Other spellings of the id."""
    countries: tuple[str, ...] = ()
    """ISO 3166 alpha-3 codes of where it operates or operated."""
    fighters: tuple[str, ...] = ()
    described_as: tuple[str, ...] = ()
    """Generic words of the press for it; they mean it only in context."""
    side: str | None = None
    active: tuple[int, int | None] = (_FIRST_YEAR, None)
    """First and last year (None: still) in which reports mean it by these names."""
    alignments: tuple[Alignment, ...] = ()
    enemies: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    source: str = ""

    @property
    def are_loyalists(self) -> bool:
        """Whether they are first of all the loyalists of a government."""
        return self.described_as[:1] == ("loyalists",)


@dataclass(frozen=True, slots=True)
class CountryEntry:
    """A state, with the names of its people, its forces and its seat of power."""

    alpha3: str
    name: str
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    """Adjectives and plurals, the adjective that labels its forces first."""
    forces: tuple[str, ...] = ()
    """Proper names of forces, police and offices that act for the state."""
    abbreviations: tuple[str, ...] = ()
    """Short names of its forces, matched only in exactly this case."""
    called: tuple[str, ...] = ()
    """Plain words for its government ("regime", "junta"); they mean it only in a report about the country."""
    ambiguous: frozenset[str] = frozenset()
    capital: str | None = None
    capital_once: str | None = None
    """Another name of the capital, or the former capital: Kiev, Rangoon."""
    heads: tuple[str, ...] = ()
    same_as: str | None = None
    """Code of the state that this one's names stand for today."""
    exists: tuple[int, int | None] = (_FIRST_YEAR, None)
    """First and last year of a state that is gone or new."""
    until: tuple[tuple[str, date], ...] = ()
    """Names of forces that are gone, with their last day."""

    @property
    def actor(self) -> str:
        """The id of its forces, e.g. "gov:IRQ"."""
        return f"gov:{self.same_as or self.alpha3}"


def raw_files(folder: Path) -> dict[str, bytes]:
    """`actors.yml` and `countries.yml` of a folder, as they are. Raises `LexiconError`."""
    raw = {}
    for name in ("actors.yml", "countries.yml"):
        try:
            raw[name] = (folder / name).read_bytes()
        except OSError as error:
            raise LexiconError(f"{folder / name}: cannot be read ({error.strerror or error})") from error
    return raw


def read_actors(file: str, raw: bytes, keep: str | None = None) -> list[ActorEntry]:
    """Entries of `actors.yml` in order. Raises `LexiconError`; ids they point to are not checked here.

    `keep`: the name under which the parsed file is kept in the cache folder; None for not at all.
    """
    rows = _document(file, raw, "actors", list, keep)
    return [
        _actor(_Row(file, row.get("id") or f"entry {n}", row)) for n, row in enumerate(rows, 1) if _is_map(file, row)
    ]


def read_countries(file: str, raw: bytes, keep: str | None = None) -> list[CountryEntry]:
    """Entries of `countries.yml` in order. Raises `LexiconError`. `keep` as in `read_actors`."""
    rows = _document(file, raw, "countries", dict, keep)
    return [_country(str(code), _Row(file, str(code), row)) for code, row in rows.items() if _is_map(file, row)]


def _document(file: str, raw: bytes, key: str, kind: type, keep: str | None) -> Any:
    """The rows under `key`. With `keep` the parsed file is kept under that name: YAML takes 80 ms, JSON 5."""
    document = cache.kept(keep, raw, lambda: _parse(file, raw)) if keep else _parse(file, raw)
    rows = document.get(key) if isinstance(document, dict) else None
    if not isinstance(rows, kind):
        raise LexiconError(f"{file}: must hold a {kind.__name__} under {key!r}")
    if document.get("format") != 1:
        raise LexiconError(f"{file}: 'format' must be 1")
    return rows


def _parse(file: str, raw: bytes) -> Any:
    import yaml

    base: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class NoDuplicates(base):  # type: ignore[misc]
        """YAML allows a key twice and keeps the last; here that would drop a country in silence."""

        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
            if len({key.value for key, _ in node.value}) < len(node.value):
                keys = [key.value for key, _ in node.value]
                twice = next(key for key in keys if keys.count(key) > 1)
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {twice!r} occurs twice (duplicate entry)", node.start_mark
                )
            return super().construct_mapping(node, deep)  # type: ignore[no-any-return]

    try:
        return yaml.load(raw, Loader=NoDuplicates)
    except yaml.YAMLError as error:
        raise LexiconError(f"{file}: not valid YAML: {error}") from error


def _is_map(file: str, row: object) -> bool:
    if not isinstance(row, dict):
        raise LexiconError(f"{file}, {row!r}: an entry must be a mapping of fields")
    return True


class _Row:
    """One entry while it is read: takes fields out by type, and complains with file and entry."""

    def __init__(self, file: str, entry: str, data: dict[str, Any]) -> None:
        self.file, self.entry, self.data = file, entry, dict(data)

    def fail(self, message: str) -> LexiconError:
        return LexiconError(f"{self.file}, {self.entry}: {message}")

    def text(self, key: str, required: bool = False) -> str:
        value = self.data.pop(key, "")
        if not isinstance(value, str) or value != value.strip() or (required and not value):
            raise self.fail(f"{key}: must be text without blanks around it, not {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.data.pop(key, [])
        if not isinstance(values, list):
            raise self.fail(f"{key}: must be a list")
        for value in values:
            if not isinstance(value, str) or not value or value != value.strip():
                raise self.fail(f"{key}: {value!r} must be text; put it in quotes")
        if len(set(values)) < len(values):
            raise self.fail(f"{key}: the same item twice")
        return tuple(values)

    def years(self, key: str) -> tuple[int, int | None]:
        value = self.data.pop(key, None)
        match value:
            case [int() as first, int() | None as last] if _FIRST_YEAR <= first <= (last or first) <= _LAST_YEAR:
                return first, last
        raise self.fail(f"{key}: must be [first year, last year or null], not {value!r}")

    def day(self, key: str, value: object, last: bool) -> date | None:
        """A day, or the first (last) day of a month "2015-03" or year 2015: never a made-up day within it."""
        if value is None:
            return None
        if type(value) is date and _FIRST_YEAR <= value.year <= _LAST_YEAR:
            return value
        found = re.match(r"(\d{4})(?:-(\d\d))?\Z", str(value)) if isinstance(value, int | str) else None
        if found and _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR and 1 <= int(found[2] or 1) <= 12:
            year, month = int(found[1]), int(found[2] or (12 if last else 1))
            return date(year, month, calendar.monthrange(year, month)[1] if last else 1)
        raise self.fail(f"{key}: bad date {value!r}; write 2015, 2015-03 or 2015-03-26")

    def done(self) -> None:
        if self.data:
            raise self.fail(f"unknown field {sorted(self.data)[0]!r}")


def _actor(row: _Row) -> ActorEntry:
    actor = row.text("id", required=True)
    if not _ID.match(actor):
        raise row.fail(f"id: {actor!r} is not a slug of a-z, 0-9 and '-', nor formed by rule")
    alignments = []
    items = row.data.pop("alignments", [])
    for item in items if isinstance(items, list) else [items]:
        if not isinstance(item, dict) or not {"with", "from", "note"} <= set(item) <= {"with", "from", "to", "note"}:
            raise row.fail(f"alignments: {item!r} must have 'with', 'from', 'note' and may have 'to'")
        start = row.day("alignments: from", item["from"], last=False)
        end = row.day("alignments: to", item.get("to"), last=True)
        if start is None or (end and end < start):
            raise row.fail(f"alignments: bad date: with {item['with']} from {item['from']} to {item.get('to')}")
        alignments.append(Alignment(str(item["with"]), start, end, str(item["note"])))
    entry = ActorEntry(
        id=actor,
        name=row.text("name", required=True),
        aliases=row.texts("aliases"),
        abbreviations=row.texts("abbreviations"),
        branches=row.texts("branches"),
        ambiguous=frozenset(row.texts("ambiguous")),
        also_place=row.texts("also_place"),
        other_ids=row.texts("other_ids"),
        countries=row.texts("countries"),
        fighters=row.texts("fighters"),
        described_as=row.texts("described_as"),
        side=row.text("side") or None,
        active=row.years("active"),
        alignments=tuple(alignments),
        enemies=row.texts("enemies"),
        leaders=row.texts("leaders"),
        media=row.texts("media"),
        source=row.text("source", required=True),
    )
    row.done()
    if not entry.countries:
        raise row.fail("countries: at least one")
    names = (entry.name, *entry.aliases, *entry.branches)
    _check_names(row, names, entry.abbreviations, entry.ambiguous)
    if not set(entry.also_place) <= set(names):
        raise row.fail("also_place: must list some of its names")
    return entry


def _country(code: str, row: _Row) -> CountryEntry:
    if not _CODE.match(code):
        raise row.fail("the key must be an ISO 3166 alpha-3 code")
    gone = row.data.pop("until", {})
    if not isinstance(gone, dict):
        raise row.fail("until: must map names of forces to their last day")
    until = tuple((str(k), day) for k, v in gone.items() if (day := row.day("until", v, last=True)))
    entry = CountryEntry(
        alpha3=code,
        name=row.text("name", required=True),
        names=row.texts("names"),
        demonyms=row.texts("demonyms"),
        forces=row.texts("forces"),
        abbreviations=row.texts("abbreviations"),
        called=row.texts("called"),
        ambiguous=frozenset(row.texts("ambiguous")),
        capital=row.text("capital") or None,
        capital_once=row.text("capital_once") or None,
        heads=row.texts("heads"),
        same_as=row.text("same_as") or None,
        exists=row.years("exists") if "exists" in row.data else (_FIRST_YEAR, None),
        until=until,
    )
    row.done()
    # Names and demonyms of countries are matched in exactly their case, so "UK" may stand among them.
    _check_names(row, entry.forces, entry.abbreviations, entry.ambiguous - {*entry.names, *entry.demonyms})
    if not all(word[0].isupper() for word in (entry.name, *entry.names, *entry.demonyms)):
        raise row.fail("names and demonyms begin with a capital letter")
    for name, _ in until:
        if name not in entry.forces and name not in entry.abbreviations:
            raise row.fail(f"until: {name!r} is not among its forces or abbreviations")
    return entry


def _check_names(row: _Row, names: tuple[str, ...], shorts: tuple[str, ...], ambiguous: frozenset[str]) -> None:
    for name in names:
        if len(name) < 2 or not any(c.isupper() or c.isdigit() for c in name):
            raise row.fail(f"the name {name!r} has no capital letter: plain words go under 'described_as' or 'called'")
        if len(name) == 2 and name.isupper():
            raise row.fail(f"the name {name!r} is too short to match in any case: put it under 'abbreviations'")
    for short in shorts:
        if not re.search(r"[A-Z]", short) or " " in short or short in names:
            raise row.fail(f"abbreviations: {short!r} must be one word with a capital, and no alias as well")
    strays = ambiguous - set(names) - set(shorts)
    if strays:
        raise row.fail(f"ambiguous: {sorted(strays)[0]!r} is none of its names")
