"""Names of actors and countries as data sets spell them → our ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pycountry

from whoholds.annotate.lexicon.lexicon import Lexicon
from whoholds.coded.mapping import ActorRule
from whoholds.gazetteer.names import key, slug_of

_NOTE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
""" "(2014-)", "(Iraq)" at the end of a name."""
_EITHER = re.compile(r"\band/or\b")
"""One of two, and nobody says which: no group's id would be true."""


class Names:
    """Finds ids. A name that nothing knows becomes an id of its own words: it is never lost, nor taken for another."""

    def __init__(self, rules: Sequence[ActorRule], lexicon: Lexicon) -> None:
        self._rules = rules
        self._lexicon = lexicon
        self._groups = {key(name): ids for name, ids in lexicon.names().items()}
        self._own = {key(name): ids for name, ids in lexicon.naming.generic().items()}
        """As our own exports spell those that have no name ("Iraqi government forces")."""
        self._known: dict[tuple[str, str | None], tuple[str | None, bool]] = {}
        self.unknown: dict[str, str] = {}
        """Names that neither a rule nor the lexicon knows, with the ids of their own words, in the order they came."""

    def actor(self, name: str, country: str | None) -> str | None:
        """The id; None where the name is empty. `country`: alpha-3, where the event was."""
        name, asked = name.strip(), (name.strip(), country)
        if asked not in self._known:
            found = self._find(name, country) if name else None
            self._known[asked] = (found or (slug_of(_NOTE.sub("", name) or name) if name else None), found is not None)
        known, is_known = self._known[asked]
        if known is not None and not is_known:
            self.unknown.setdefault(name, known)
        return known

    def _find(self, name: str, country: str | None) -> str | None:
        """None where nothing knows the name."""
        for rule in self._rules:
            if match := rule.match.search(name):
                if found := self._by_rule(rule, match.groupdict(), country):
                    return found
                break
        if _EITHER.search(name):
            return None
        if own := self._own.get(key(name)):
            return own[0] if len(own) == 1 else next((one for one in own if one.endswith(f":{country}")), None)
        for form, short in _forms(name):
            ids = tuple(self._groups.get(key(form)) or self._lexicon.abbreviations().get(form) or ())
            if short:
                # Letters alone are many groups' in the world.
                ids = tuple(one for one in ids if country and country in self._homes(one))
            if ids:
                return self._lexicon.narrow(ids, (country,) if country else ())[0]
        return None

    def _homes(self, actor: str) -> tuple[str, ...]:
        entry = self._lexicon.entry(actor)
        return entry.countries if entry else ()

    def _by_rule(self, rule: ActorRule, groups: dict[str, str | None], country: str | None) -> str | None:
        if "{country}" not in rule.actor:
            return rule.actor
        named = (groups.get("country") or "").strip()
        if code := self.country(named) if named else country:
            return rule.actor.replace("{country}", code)
        # "Military Forces of Artsakh": no state of ISO 3166, and never that of the place.
        ids = self._groups.get(key(named))
        return self._lexicon.narrow(ids, (country,) if country else ())[0] if ids else None

    def country(self, name: str) -> str | None:
        """The alpha-3 code of a country by its name, its code or its number."""
        plain = _NOTE.sub("", name.strip()).removeprefix("the ")
        if not plain:
            return None
        if plain.isdecimal():
            found = pycountry.countries.get(numeric=plain.zfill(3))
            return found.alpha_3 if found else None
        if known := self._lexicon.country_names().get(plain):
            return known
        try:
            return str(pycountry.countries.lookup(plain).alpha_3)
        except LookupError:
            return None


def _forms(name: str) -> Iterator[tuple[str, bool]]:
    """What may stand for the name in a lexicon, the surest first, and whether it is letters for a longer name.

    "KIO/KIA: Kachin Independence Organization/Kachin Independence Army", "Boko Haram - Jamatu Ahli is-Sunnah
    lid-Dawati wal-Jihad", "OLF: Oromo Liberation Front (Shane Splinter Faction)".
    """
    yield name, False
    plain = name
    while (shorter := _NOTE.sub("", plain)) != plain and shorter:
        plain = shorter
        yield plain, False
    letters, colon, words = plain.partition(": ")
    for whole in (words, plain) if colon else (plain,):
        yield whole, False
        # What comes last narrows what comes first.
        yield from ((part.strip(), False) for part in reversed(whole.split(" - ")))
        yield from ((part.strip(), False) for part in whole.split("/"))
    if colon:
        yield from ((part.strip(), True) for part in re.split(r"[/-]", letters))
