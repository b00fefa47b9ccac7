"""A bundle for replication: one zip with what the answers came from, how they were made, and what they are.

    manifest.json   program, parameters, question, the inputs' hashes, a hash of every other file
    ledger.db       claims, judgements and what is known of the reports; their texts only where asked for
    results/*.csv   spells, states and events, as `whoholds export` writes them
    README.txt      the commands

`check` looks whether a bundle is whole, and makes the results again from its ledger.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from whoholds.control import parameters
from whoholds.control.selection import View
from whoholds.errors import InputError, WhoholdsError
from whoholds.exports.formats import known
from whoholds.exports.tables.what import What, table_of
from whoholds.ledger import Ledger, care
from whoholds.views.mapdata import DISCLAIMER
from whoholds.views.question import Question
from whoholds.whole import written_whole

FORM = 1
RESULTS = (What.SPELLS, What.STATES, What.EVENTS)
MANIFEST, STORE, README = "manifest.json", "ledger.db", "README.txt"
LARGEST = 64 << 30
"""Bytes of one unpacked part, at the most: a zip can claim anything."""
BLOCK = 1 << 20
WHEN = (1980, 1, 1, 0, 0, 0)
"""The day of every part, so that the same content gives the same bytes."""
GUIDE = """\
{disclaimer}

A bundle of whoholds {program}: {reports} reports, {claims} claims.

Look whether it is whole, and make its results again from its ledger:
    pip install whoholds=={program}
    whoholds verify {name}
Look whether your copies of the reports are those that were read (manifest.json has their hashes):
    whoholds verify {name} --inputs REPORTS...
Ask its ledger yourself, after unpacking it:
    whoholds who --ledger ledger.db
Make it again from the reports:
    whoholds read REPORTS... --ledger new.db
    whoholds export bundle -o new.zip --ledger new.db{asked}
"""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    what: str
    good: bool
    says: str


def write(ledger: Ledger, path: Path, question: Question, *, texts: bool = False) -> int:
    """Write a bundle and return the number of its reports. `texts`: with the reports' words, which may be others'.

    Raises WhoholdsError where it cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="whoholds-") as made:
        folder = Path(made)
        care.backup(ledger, folder / STORE)
        inputs = [_input(report) for report, _ in ledger.reports()]
        if not texts:
            _drop_texts(folder / STORE)
        parts = {STORE: folder / STORE, **_results(folder / STORE, folder, question)}
        counts = ledger.counts()
        manifest = {
            "form": FORM,
            "disclaimer": DISCLAIMER,
            "program": f"whoholds {version('whoholds')}",
            "python": platform.python_version(),
            "asked": question.record(),
            "parameters": asdict(parameters.load()),
            "texts": texts,
            "counts": counts,
            "inputs": inputs,
            "files": {name: _hash(part) for name, part in sorted(parts.items())},
        }
        guide = GUIDE.format(
            disclaimer=DISCLAIMER,
            program=version("whoholds"),
            name=path.name,
            asked=_options(question),
            reports=counts.get("reports", len(inputs)),
            claims=counts.get("claims", 0),
        )
        try:
            with written_whole(path) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as bundle:
                _put(bundle, MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=True).encode())
                _put(bundle, README, guide.encode())
                for name, file in sorted(parts.items()):
                    _put(bundle, name, file)
        except OSError as error:
            raise WhoholdsError(
                f"Cannot write {path}: {error.strerror or error}. Name another file with -o."
            ) from error
    return len(inputs)


def check(path: Path, inputs: Sequence[str] = ()) -> Iterator[Check]:
    """Look through a bundle: its parts, its results made again, and with `inputs` the reports it was read from.

    Raises InputError where it is no bundle.
    """
    with tempfile.TemporaryDirectory(prefix="whoholds-") as made:
        folder = Path(made)
        manifest = _unpacked(path, folder)
        broken = [name for name, digest in manifest["files"].items() if _hash(folder / name) != digest]
        yield Check("parts", not broken, f"changed: {', '.join(broken)}" if broken else "as they were written")
        if STORE in broken:
            return
        yield from _same_results(manifest, folder)
        if inputs:
            yield _same_inputs(manifest, inputs)


def _same_results(manifest: dict[str, Any], folder: Path) -> Iterator[Check]:
    again = folder / "again"
    again.mkdir()
    asked = manifest["asked"]
    # The day that ages count to: of bundles of earlier versions it is not known.
    days = (asked.get(name) for name in ("on", "known", "today"))
    on, known_on, today = (date.fromisoformat(day) if day else None for day in days)
    question = Question(on, known_on, View.parse(asked["view"]), today)
    made = _results(folder / STORE, again, question)
    differ = [name for name, file in made.items() if _hash(file) != manifest["files"].get(name)]
    here = f"whoholds {version('whoholds')}"
    other = "" if here == manifest["program"] else f" (written by {manifest['program']}, made again by {here})"
    yield Check(
        "results", not differ, f"differ: {', '.join(differ)}{other}" if differ else f"the same to the byte{other}"
    )


def _same_inputs(manifest: dict[str, Any], inputs: Sequence[str]) -> Check:
    from whoholds import sources

    found = {report.raw_hash for report in sources.reports(inputs, lambda _: None)}
    wanted = {one["raw_hash"]: one["label"] for one in manifest["inputs"]}
    missing = [label for digest, label in wanted.items() if digest not in found]
    if not missing:
        return Check("inputs", True, f"all {len(wanted)} are there as they were read")
    named = ", ".join(missing[:5]) + (f" and {len(missing) - 5} more" if len(missing) > 5 else "")
    return Check("inputs", False, f"{len(missing)} of {len(wanted)} are missing or changed: {named}")


def _results(store: Path, folder: Path, question: Question) -> dict[str, Path]:
    """The result tables of a ledger, by their names in the bundle."""
    found = {}
    (folder / "results").mkdir()
    with Ledger.open(store, create=False) as ledger:
        for what in RESULTS:
            name = f"results/{what}.csv"
            known()["csv"].write(table_of(ledger, what, question), folder / name)
            found[name] = folder / name
    return found


def _unpacked(path: Path, folder: Path) -> dict[str, Any]:
    """The manifest, with the parts that it names in `folder`."""
    try:
        with zipfile.ZipFile(path) as bundle:
            manifest = json.loads(bundle.read(MANIFEST))
            if not isinstance(manifest, dict) or manifest.get("form") != FORM:
                raise InputError(f"{path}: its manifest is of another form; this program reads form {FORM}")
            (folder / "results").mkdir()
            # Only names that we gave: a zip may name any path.
            names = [STORE, *(f"results/{what}.csv" for what in RESULTS)]
            if sorted(manifest["files"]) != sorted(names):
                raise ValueError("its manifest does not name the parts that a bundle has")
            for name in names:
                with bundle.open(name) as packed, (folder / name).open("wb") as file:
                    _copy(packed, file)
            return manifest
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise InputError(f"{path}: no whole bundle of whoholds ({error})") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error


def _copy(packed: IO[bytes], file: IO[bytes]) -> None:
    size = 0
    while block := packed.read(BLOCK):
        size += len(block)
        if size > LARGEST:
            raise ValueError("a part is too large")
        file.write(block)


def _put(bundle: zipfile.ZipFile, name: str, content: bytes | Path) -> None:
    info = zipfile.ZipInfo(name, WHEN)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    with bundle.open(info, "w", force_zip64=True) as packed:
        if isinstance(content, bytes):
            packed.write(content)
            return
        with content.open("rb") as file:
            while block := file.read(BLOCK):
                packed.write(block)


def _drop_texts(store: Path) -> None:
    """The reports' words out of a copy; quotes stay with their claims."""
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE reports SET text = ''")
        connection.commit()
        connection.execute("VACUUM")


def _input(report: Any) -> dict[str, str | None]:
    named = ("id", "label", "url", "outlet", "lang", "source", "raw_hash")
    return {name: getattr(report, name) for name in named}


def _options(question: Question) -> str:
    asked = question.record()
    given = [f" --{name} {asked[name]}" for name in ("on", "known") if asked[name]]
    return "".join([*given, f" --view '{asked['view']}'" if asked["view"] != "all" else ""])


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
