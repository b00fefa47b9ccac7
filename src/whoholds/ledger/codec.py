"""The types of `model` as JSON and back, without loss.

The model is a set of frozen dataclasses of plain values, so the field types say everything that is needed: a new field
is stored from the day it is added. A record that an older version wrote lacks the field and gets its default; a field
that this version does not know is passed over.
"""

from __future__ import annotations

import dataclasses
import json
import re
import types
import typing
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from whoholds.model import Claim, Correction, Section

T = TypeVar("T")
Decoder = Callable[[Any], Any]

_SURROGATES = re.compile("[\ud800-\udfff]")


def encode(value: object) -> Any:
    """`value` as dicts, lists, strings and numbers: what `json.dumps` takes."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value) if f.init}
    raise TypeError(f"no JSON form for {type(value).__name__}")


def decode(cls: type[T], data: Any) -> T:
    """The `cls` that `encode` made `data` from. Raises TypeError, KeyError or ValueError where it was not."""
    annotation: Any = cls
    return typing.cast(T, _decoder(annotation)(data))


@cache
def _decoder(annotation: Any) -> Decoder:
    """The function that reads one type. Built once for each type: a ledger is read by the hundred thousand claims."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        inner = [a for a in typing.get_args(annotation) if a is not type(None)]
        if len(inner) != 1:
            raise TypeError(f"a union of several types has no JSON form: {annotation}")
        read = _decoder(inner[0])
        return lambda data: None if data is None else read(data)
    if typing.get_origin(annotation) is tuple:
        item = _decoder(typing.get_args(annotation)[0])
        return lambda data: tuple(item(part) for part in data)
    if dataclasses.is_dataclass(annotation):
        return _dataclass_decoder(typing.cast(type, annotation))
    if isinstance(annotation, type) and issubclass(annotation, date):
        return date.fromisoformat
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return annotation
    if annotation is float:
        return float
    if annotation in (str, int, bool):
        return lambda data: data
    raise TypeError(f"no JSON form for {annotation}")


def _dataclass_decoder(cls: type) -> Decoder:
    hints = typing.get_type_hints(cls)
    readers = {f.name: _decoder(hints[f.name]) for f in dataclasses.fields(cls) if f.init}

    def read(data: dict[str, Any]) -> Any:
        return cls(**{name: readers[name](value) for name, value in data.items() if name in readers})

    return read


def claim_to_json(claim: Claim) -> str:
    """The whole claim as one line of JSON; `claim_from_json` gives an equal claim back, its id included."""
    return _line(claim)


def correction_to_json(correction: Correction) -> str:
    """The whole correction as one line of JSON, for `correction_from_json`."""
    return _line(correction)


def correction_from_json(line: str) -> Correction:
    return decode(Correction, json.loads(line))


def _line(value: object) -> str:
    line = json.dumps(encode(value), ensure_ascii=False, separators=(",", ":"))
    # Lone surrogates (stray bytes in a file's name) have no UTF-8: they go as JSON's own escapes.
    return _SURROGATES.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def claim_from_json(line: str) -> Claim:
    return decode(Claim, json.loads(line))


def sections_to_json(sections: tuple[Section, ...]) -> str:
    """Sections as [start, end, role] lists: a long page has thousands of them."""
    return json.dumps([[s.span.start, s.span.end, s.role] for s in sections], separators=(",", ":"))


def sections_from_json(line: str) -> tuple[Section, ...]:
    return tuple(
        decode(Section, {"span": {"start": start, "end": end}, "role": role}) for start, end, role in json.loads(line)
    )
