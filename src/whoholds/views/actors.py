"""What actors are called in print, and which of them stand on one side: the lexicon, as the views need it."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from whoholds.annotate.lexicon.naming import Naming

if TYPE_CHECKING:
    from whoholds.annotate.lexicon.lexicon import Lexicon


@cache
def naming() -> Naming:
    """The lexicon's names, read when the first is needed. Raises LexiconError where its files are damaged."""
    return Naming.load()


@cache
def lexicon() -> Lexicon:
    """The whole lexicon, for those who need more than names. Raises LexiconError where its files are damaged."""
    from whoholds.annotate.lexicon.lexicon import Lexicon

    return Lexicon.load()


def actor_name(actor: str | None) -> str:
    """ "Islamic State", "Iraqi government forces"; "unnamed" for None."""
    return naming().label(actor) if actor else "unnamed"


def country_name(code: str | None) -> str | None:
    """ "Iraq" for IRQ; the code itself where there is no such country, None for None."""
    if not code:
        return None
    country = naming().countries.get(code)
    return country[0] if country else _other_countries().get(code, code)


@cache
def _other_countries() -> dict[str, str]:
    """Of ISO 3166, those too in which the lexicon has no actors."""
    from whoholds.gazetteer.countries import country_names

    return {code: usual for code, usual, _ in country_names()}


@lru_cache(maxsize=100_000)
def aligned(one: str, other: str, on: date | None) -> bool:
    """True where the lexicon has the two on one side on that day; without a day only where they are the same."""
    if one == other:
        return True
    return on is not None and naming().aligned(one, other, on)
