"""The types of `model` as JSON and back, without loss.

The model is a set of frozen dataclasses of plain values, so the field types say everything that is needed: a new field
is stored from the day it is added. A record that an older version wrote lacks the field and gets its default; a field
that this version does not know is passed over. A field that is None, and is None by default, is left out: half of a
claim, which would have to be read again by the hundred thousand.
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

from whoholds.model import Claim, Correction, Place, Section, Voice, When

T = TypeVar("T")
Decoder = Callable[[Any], Any]

_REPEATED = frozenset({Place, Voice, When})
"""What is the same in claim after claim: read once, and shared. They are frozen."""
KEPT = 20_000
"""Of each of those, the most that are kept to be shared."""

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
        stored, absent = _fields(value.__class__)
        found = {name: encode(given) for name in stored if (given := getattr(value, name)) is not None}
        return found | dict.fromkeys(name for name in absent if getattr(value, name) is None)
    raise TypeError(f"no JSON form for {type(value).__name__}")


@cache
def _fields(cls: type[Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the fields that are stored, and of those for which None has to be written as it is not what they default
    to."""
    stored = [f for f in dataclasses.fields(cls) if f.init]
    return tuple(f.name for f in stored), tuple(f.name for f in stored if f.default is not None)


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
        return read if read is _as_it_is else lambda data: None if data is None else read(data)
    if typing.get_origin(annotation) is tuple:
        item = _decoder(typing.get_args(annotation)[0])
        return lambda data: tuple([item(part) for part in data])
    if dataclasses.is_dataclass(annotation):
        return _dataclass_decoder(typing.cast(type, annotation))
    if isinstance(annotation, type) and issubclass(annotation, date):
        return date.fromisoformat
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return {str(member): member for member in annotation}.__getitem__
    if annotation is float:
        return float
    if annotation in (str, int, bool):
        return _as_it_is
    raise TypeError(f"no JSON form for {annotation}")


def _dataclass_decoder(cls: type) -> Decoder:
    hints = typing.get_type_hints(cls)
    names = {f.name for f in dataclasses.fields(cls) if f.init}
    readers = [(name, reader) for name in sorted(names) if (reader := _decoder(hints[name])) is not _as_it_is]

    def read(data: dict[str, Any]) -> Any:
        if not names.issuperset(data):
            data = {name: data[name] for name in data if name in names}
        if not readers:
            return cls(**data)
        return cls(**data | {name: reader(data[name]) for name, reader in readers if name in data})

    if cls not in _REPEATED:
        return read
    known: dict[tuple[Any, ...], Any] = {}

    def read_once(data: dict[str, Any]) -> Any:
        try:
            key = tuple(data.items())
            if (there := known.get(key)) is not None:
                return there
        except TypeError:  # it has parts, such as the relation of a described area
            return read(data)
        if len(known) >= KEPT:
            known.clear()
        known[key] = made = read(data)
        return made

    return read_once


def _as_it_is(value: Any) -> Any:
    return value


def claim_to_json(claim: Claim) -> str:
    """The whole claim as one line of JSON; `claim_from_json` gives an equal claim back, its id included."""
    return to_line(claim)


def correction_to_json(correction: Correction) -> str:
    """The whole correction as one line of JSON, for `correction_from_json`."""
    return to_line(correction)


def correction_from_json(line: str) -> Correction:
    return decode(Correction, json.loads(line))


def to_line(value: object) -> str:
    """A value of `model`, or a tuple of them, as one line of JSON; `decode` reads it back."""
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
