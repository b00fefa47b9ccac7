"""A trained pipeline → one weights file and the JSON beside it that carries its hash.

usage: pack.py MODEL_FOLDER OUT.zip

Parameters go to half precision; of the vocabulary only the labels stay. Members are stored without compression and
with a fixed time, so the same model always gives the same bytes (installers compress the file anyway).
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import srsly
from spacy.language import Language

from whoholds.annotate.parse.weights import FORMAT

LIMIT = 4_000_000
"""Bytes that the file may have at most."""


def describe(nlp: Language) -> tuple[dict[str, Any], bytes]:
    """What `model.json` holds, and the parameters in half precision, in the order of its list."""
    components: dict[str, Any] = {}
    blocks: list[bytes] = []
    strings: set[str] = set()
    for name, pipe in nlp.pipeline:
        model = pipe.model.to_dict()
        shapes: list[dict[str, list[int] | None]] = []
        for layer in model["params"]:
            # A layer's parameters in the order of their names: thinc's own order is not promised.
            shapes.append({k: None if layer[k] is None else list(layer[k].shape) for k in sorted(layer)})
            for k in sorted(layer):
                if layer[k] is not None:
                    blocks.append(np.ascontiguousarray(layer[k], dtype="<f2").tobytes())
        moves = getattr(pipe, "moves", None)
        if moves is not None:
            moves = srsly.msgpack_loads(moves.to_bytes())["moves"]
        cfg = {k: v for k, v in (pipe.cfg or {}).items() if not callable(v)}
        components[name] = {"cfg": cfg, "moves": moves, "nodes": model["nodes"], "params": shapes}
        strings.update(_strings(pipe, moves))
    config = {"nlp": dict(nlp.config["nlp"]), "components": dict(nlp.config["components"])}
    return {"config": config, "components": components, "strings": sorted(strings)}, b"".join(blocks)


def _strings(pipe: Any, moves: str | None) -> set[str]:
    """Every label a component may write into a document, so that its name can be read back."""
    found = set(getattr(pipe, "labels", ()) or ())
    for morph in (pipe.cfg or {}).get("labels_morph", {}).values():
        found.add(morph)
        for feature in morph.split("|"):
            found.update(feature.split("="))
    for labels in json.loads(moves).values() if moves else ():
        found.update(labels)
    return found - {""}


def pack(nlp: Language) -> bytes:
    """The bytes of the weights file."""
    header, params = describe(nlp)
    # Keys stay in their order: that of the morphologizer's labels is the order of its outputs.
    members = {"model.json": json.dumps(header, separators=(",", ":")).encode(), "params.f16": params}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as box:
        for name, data in members.items():
            box.writestr(zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), data)
    return out.getvalue()


def main(source: Path, target: Path) -> None:
    data = pack(spacy.load(source))
    if len(data) > LIMIT:
        sys.exit(f"{len(data)} bytes, more than {LIMIT}")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    note = {"bytes": len(data), "format": FORMAT, "sha256": hashlib.sha256(data).hexdigest()}
    target.with_suffix(".json").write_text(json.dumps(note, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{target}: {len(data):,} bytes, SHA-256 {note['sha256']}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
