"""The parser's weights: one file, read in memory, checked by hash before anything in it is used.

The file is a zip of two members: `model.json` (configuration, labels, transitions, the shape of every layer) and
`params.f16` (all parameters one after another, little-endian half precision). No pickle, nothing unpacked to disk.
A JSON file of the same stem stands beside it and carries the format, the SHA-256 and the size. `models/parser/pack.py`
writes both.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from whoholds.errors import WeightsError

if TYPE_CHECKING:
    from spacy.language import Language

FORMAT = 1
"""Raised whenever a file written by one version cannot be read by the other."""
LARGEST = 16_000_000
"""Bytes; a file beyond this is not ours, and is not read."""
ENVIRONMENT = "WHOHOLDS_WEIGHTS"
"""Environment variable with the path of other weights (their JSON beside them)."""
PACKAGED = Path(__file__).resolve().parents[2] / "data" / "weights" / "parser-en.zip"


def default_path() -> Path:
    """The weights in the package, or those that the environment variable names."""
    other = os.environ.get(ENVIRONMENT)
    return Path(other) if other else PACKAGED


@cache
def fingerprint(path: Path) -> str:
    """SHA-256 (hex) of a weights file. Raises `WeightsError` where it is missing or damaged."""
    return read_checked(path)[1]


def read_checked(path: Path) -> tuple[bytes, str]:
    """The bytes of a weights file and their SHA-256 (hex), after comparing them with the JSON beside the file.

    Raises `WeightsError` where either file is missing, unreadable, of another format, or does not match.
    """
    sidecar = path.with_suffix(".json")
    advice = f"Install whoholds again, or unset or correct {ENVIRONMENT} if you set it."
    try:
        note = json.loads(sidecar.read_text(encoding="utf-8"))
        expected, size, version = str(note["sha256"]), int(note["bytes"]), int(note["format"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WeightsError(f"{sidecar}: cannot read what the parser's weights should be ({error}). {advice}") from error
    if version != FORMAT:
        raise WeightsError(
            f"{path}: weights of format {version}, this version of whoholds reads format {FORMAT}. {advice}"
        )
    try:
        actual = path.stat().st_size
        data = path.read_bytes() if actual == size and actual <= LARGEST else b""
    except OSError as error:
        raise WeightsError(f"{path}: cannot read the parser's weights ({error}). {advice}") from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != expected:
        raise WeightsError(
            f"{path}: the parser's weights are damaged or not the ones expected (SHA-256 differs). {advice}"
        )
    return data, digest


def load(path: Path) -> tuple[Language, str]:
    """The spaCy pipeline in a weights file, and the SHA-256 of the file. Raises `WeightsError`."""
    data, digest = read_checked(path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            header = json.loads(box.read("model.json"))
            params = np.frombuffer(box.read("params.f16"), dtype="<f2").astype(np.float32)
        nlp = _build(header, params)
    except (KeyError, ValueError, TypeError, IndexError, zipfile.BadZipFile) as error:
        raise WeightsError(
            f"{path}: the weights do not fit this version of whoholds and spaCy ({error}). Install whoholds again."
        ) from error
    return nlp, digest


def _fast_numpy() -> bool:
    """Is numpy's matrix product to be used? It is three times as fast as the BLIS that spaCy brings, but on several
    threads many times slower: only where it is OpenBLAS, and was told before it loaded to keep to one thread."""
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"].get("name", "")
    return "openblas" in blas and os.environ.get("OPENBLAS_NUM_THREADS") == "1"


def _build(header: dict[str, Any], params: np.ndarray[Any, np.dtype[np.float32]]) -> Language:
    import srsly  # type: ignore[import-untyped]
    from spacy.lang.en import English
    from thinc.api import use_ops

    with use_ops("numpy", use_blis=not _fast_numpy()):
        nlp = English.from_config(header["config"], auto_fill=False, validate=False)
    for text in header["strings"]:
        nlp.vocab.strings.add(text)
    used = 0
    for name, pipe in nlp.pipeline:
        part = header["components"][name]
        # What `to_bytes` of these components holds, less vocabulary and model, which are set below.
        message = {"cfg": srsly.json_dumps(part["cfg"])}
        if part["moves"] is not None:
            message["moves"] = srsly.msgpack_dumps({"moves": part["moves"], "cfg": {}})
        pipe.from_bytes(srsly.msgpack_dumps(message), exclude=["vocab", "model"])  # type: ignore[attr-defined]
        arrays: list[dict[str, Any]] = []
        for layer in part["params"]:
            values: dict[str, Any] = {}
            for key, shape in layer.items():
                if shape is None:
                    values[key] = None
                    continue
                size = int(np.prod(shape))
                if used + size > params.size:
                    raise ValueError("too few parameters")
                values[key] = params[used : used + size].reshape(shape)
                used += size
            arrays.append(values)
        empty: list[Any] = [{} for _ in arrays]
        # Layers keep what the configuration gave them (attributes, such as hash seeds) and get shapes and values.
        pipe.model.from_dict(  # type: ignore[attr-defined]
            {"nodes": part["nodes"], "attrs": empty, "params": arrays, "shims": [[] for _ in arrays]}
        )
    if used != params.size:
        raise ValueError("too many parameters")
    nlp._link_components()
    return nlp
