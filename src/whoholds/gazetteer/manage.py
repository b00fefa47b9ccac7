"""Adding, listing and removing a user's own gazetteers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from whoholds.errors import GazetteerError
from whoholds.gazetteer.added import Added
from whoholds.gazetteer.countries import code_of
from whoholds.gazetteer.extend import Tally
from whoholds.gazetteer.gazetteer import Gazetteer
from whoholds.model import Issue

Progress = Callable[[float, str], None]
ALL = "allCountries"
"""What GeoNames calls its file of all countries."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    tally: Tally
    new: bool
    """False where this very file was there already."""

    @property
    def issues(self) -> list[Issue]:
        """The lines that were left out, or taken otherwise than written; many are cut short and counted."""
        t = self.tally
        found = [
            Issue(code, f"{message}{'' if code == 'type' else ': left out'}", t.origin, f"line {line}")
            for line, code, message in t.listed
        ]
        listed = sum(code != "type" for _, code, _ in t.listed)
        if t.left_out > listed:
            found.append(Issue("more", f"{t.left_out - listed:,} more lines are left out", t.origin))
        return found


def add(path: Path, name: str = "", country: str = "", progress: Progress = lambda _share, _what: None) -> Outcome:
    """Adds a GeoNames dump or a list of places to the gazetteer; it takes the place of one of the same name.

    `country`: that of all rows of a list, by name or code. Interrupted, it goes on when it is called with the same
    file again. Raises GazetteerError, with all as it was, where the file cannot be read or is refused.
    """
    code = _code(country) if country else ""
    before = Added.load()
    if not path.is_file():
        raise GazetteerError(f"{path} is no file: give a GeoNames dump (.txt or .zip) or a list of places (.csv)")
    source = before.stage(path, name, code, lambda share: progress(share, f"copying {path.name}"))
    same = before.find(source.name)
    if same and (same.sha256, same.country) == (source.sha256, source.country):
        with Gazetteer.open(progress=progress, added=before) as opened:
            return Outcome(_tally(opened, source.name), new=False)
    after = before.with_source(source)
    try:
        with Gazetteer.open(progress=progress, added=after, commit=after.save) as opened:
            return Outcome(_tally(opened, source.name), new=True)
    except GazetteerError:
        before.drop_unlisted()
        raise


def listed(progress: Progress | None = None) -> list[Tally]:
    """All that was added, in that order."""
    added = Added.load()
    if not added.sources:
        return []
    with Gazetteer.open(progress=progress, added=added) as opened:
        return [_tally(opened, source.name) for source in added.sources]


def remove(names: Sequence[str], progress: Progress | None = None) -> None:
    """Takes away what was added under these names. Raises GazetteerError, with all as it was, for one that is not."""
    before = after = Added.load()
    for name in names:
        if not before.find(name):
            there = ", ".join(source.name for source in before.sources) or "none"
            raise GazetteerError(f"no gazetteer was added as {name!r}; there are: {there}")
        after = after.without(name)
    Gazetteer.open(progress=progress, added=after, commit=after.save).close()


def _tally(opened: Gazetteer, name: str) -> Tally:
    return next(tally for tally in opened.tallies() if tally.name == name)


def _code(country: str) -> str:
    code = code_of(country)
    if not code:
        raise GazetteerError(f"{country!r} is no country: give its name or a code, such as IQ")
    return code


def codes(countries: Sequence[str]) -> list[str]:
    """What GeoNames calls its files of countries: alpha-2 codes; "allCountries" stays. Raises GazetteerError else."""
    from whoholds.gazetteer import sources

    alpha2 = {str(row["iso3"]): code for code, row in sources.countries().items()}
    names = (country if country == ALL else alpha2[_code(country)] for country in countries)
    return list(dict.fromkeys(names))
