"""Names of actors and countries as data sets spell them → our ids."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pycountry

from whoholds.annotate.lexicon import Lexicon
from whoholds.coded.mapping import ActorRule
from whoholds.gazetteer.names import slug_of

_NOTE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
""" "(2014-)", "(Iraq)" at the end of a name."""


class Names:
    """Finds ids. A name that nothing knows becomes an id of its own words: it is never lost, nor taken for another."""

    def __init__(self, rules: Sequence[ActorRule], lexicon: Lexicon) -> None:
        self._rules = rules
        self._lexicon = lexicon
        self._groups = {name.casefold(): ids for name, ids in lexicon.names().items()}
        self._known: dict[tuple[str, str | None], str | None] = {}

    def actor(self, name: str, country: str | None) -> str | None:
        """The id; None where the name is empty. `country`: alpha-3, where the event was."""
        key = (name, country)
        if key not in self._known:
            self._known[key] = self._find(name.strip(), country)
        return self._known[key]

    def _find(self, name: str, country: str | None) -> str | None:
        if not name:
            return None
        for rule in self._rules:
            if found := rule.match.search(name):
                return self._by_rule(rule, found.groupdict(), country)
        plain = name
        while True:
            ids = self._groups.get(plain.casefold()) or self._lexicon.abbreviations().get(plain)
            if ids:
                fits = self._lexicon.narrow(ids, (country,) if country else ())
                return (fits or tuple(ids))[0]
            shorter = _NOTE.sub("", plain)
            if shorter == plain or not shorter:
                return slug_of(_NOTE.sub("", name) or name)
            plain = shorter

    def _by_rule(self, rule: ActorRule, groups: dict[str, str | None], country: str | None) -> str | None:
        if "{country}" not in rule.actor:
            return rule.actor
        code = self.country(groups.get("country") or "") or country
        return rule.actor.replace("{country}", code) if code else None

    def country(self, name: str) -> str | None:
        """The alpha-3 code of a country by its name, its code or its number."""
        plain = _NOTE.sub("", name.strip())
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
