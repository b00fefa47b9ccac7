"""Look-up tables of the lexicon, and the rules that hold between its entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from types import MappingProxyType

from whoholds.annotate.lexicon.files import ActorEntry, CountryEntry
from whoholds.errors import LexiconError

BY_RULE = re.compile(r"(?:(gov|rebels|tribal|vigilantes|militia):([A-Z]{3})|coalition:[a-z0-9]+(?:-[a-z0-9]+)*)\Z")
"""Ids that need no entry: a generic word for a kind of force with a country, or a named coalition."""
_APOSTROPHES = dict.fromkeys(map(ord, "‘’ʼʿʾ`"), "'")


def name_variants(name: str) -> tuple[str, ...]:
    """The casefolded spellings under which `name` is looked up, the plain one first.

    The Arabic article is printed with a hyphen or a space, the letters ʿayn and hamza as any apostrophe or as none.
    """
    plain = name.translate(_APOSTROPHES).casefold()
    if "-" not in plain and "'" not in plain:
        return (plain,)
    kinds: dict[str, None] = {}
    for text in (plain, plain.replace("'", "")):
        kinds.update(dict.fromkeys((text, text.replace("-", " "), text.replace("'", "’"))))
    return tuple(kinds)


class NameTable:
    """Name → ids, refusing a second id for a name unless every owner declares it ambiguous."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.rows: dict[str, dict[str, bool]] = {}

    def add(self, name: str, owner: str, declared: bool) -> None:
        owners = self.rows.setdefault(name, {})
        for other, other_declared in owners.items():
            if other != owner and not (declared and other_declared):
                silent = owner if not declared else other
                raise LexiconError(
                    f"{self.where}, {owner}: the name {name!r} is also {other}'s; "
                    f"list it under 'ambiguous' in both, or drop one (missing at {silent})"
                )
        owners[owner] = owners.get(owner, False) or declared

    def add_all(self, people: Iterable[str], owner: str) -> None:
        """Names of people and mouthpieces: several groups may share one."""
        for name in people:
            for variant in name_variants(name):
                self.add(variant, owner, declared=True)

    def table(self, only: Set[str] | None = None) -> Mapping[str, tuple[str, ...]]:
        """Read-only name → ids, of the names in `only` where it is given."""
        rows = self.rows.items()
        return MappingProxyType({name: tuple(owners) for name, owners in rows if only is None or name in only})


def folded(entries: Iterable[ActorEntry | CountryEntry]) -> frozenset[str]:
    """The names that entries declare ambiguous; abbreviations keep their case."""
    found: set[str] = set()
    for entry in entries:
        for name in entry.ambiguous:
            found.update([name] if name in entry.abbreviations else name_variants(name))
    return frozenset(found)


def owned(file: str, rows: list[tuple[CountryEntry, tuple[str, ...]]]) -> Mapping[str, str]:
    """Word → code. A word has one owner; a country that lists it as ambiguous gives way to one that does not."""
    table: dict[str, str] = {}
    for giving_way in (False, True):
        for country, words in rows:
            for word in words:
                if (word in country.ambiguous) is not giving_way:
                    continue
                code = country.same_as or country.alpha3
                if table.setdefault(word, code) != code and not giving_way:
                    raise LexiconError(
                        f"{file}, {country.alpha3}: {word!r} is already {table[word]}'s; "
                        "list it under 'ambiguous' in the entry that should give way"
                    )
    return MappingProxyType(table)


def check_references(
    file: str, entry: ActorEntry, actors: Mapping[str, ActorEntry], countries: Mapping[str, CountryEntry]
) -> None:
    """Every id and country code that an entry points to must exist."""
    for code in entry.countries:
        if code not in countries:
            raise LexiconError(f"{file}, {entry.id}: countries: no country {code!r} in countries.yml")
    pointers = [("alignments", x.actor) for x in entry.alignments]
    pointers += [("enemies", x) for x in entry.enemies] + ([("side", entry.side)] if entry.side else [])
    for what, target in pointers:
        rule = BY_RULE.match(target)
        by_rule = rule is not None and rule[2] is not None and rule[2] in countries
        if target not in actors and not by_rule:
            raise LexiconError(f"{file}, {entry.id}: {what}: unknown id {target!r}")
        if target == entry.id:
            raise LexiconError(f"{file}, {entry.id}: {what}: points to itself")
