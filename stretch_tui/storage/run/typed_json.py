"""Values of the core as JSON and back, led by their type annotations."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Mapping, Set
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from stretch_tui.core.text import NOTE_LIMIT, clean_text


class RecordError(ValueError):
    """The JSON does not hold a value of the type; the message says where."""


def encode(value: Any, *, without: str = "") -> Any:
    """A value made of dataclasses, enums, dates and containers as plain JSON values.

    Fields that hold their default are left out, and of `value` itself the field `without`.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        wanted = (field for field in dataclasses.fields(value) if field.name != without)
        pairs = ((field, getattr(value, field.name)) for field in wanted)
        return {field.name: encode(held) for field, held in pairs if not _is_default(field, held)}
    if isinstance(value, Mapping):
        return {str(key): encode(held) for key, held in value.items()}
    if isinstance(value, Set | tuple | list):
        return [encode(held) for held in (sorted(value) if isinstance(value, Set) else value)]
    return _encode_plain(value)


def decode(kind: Any, value: Any, where: str = "record") -> Any:
    """The value of type `kind` that `encode` made the JSON of; its text is cleaned.

    Unknown fields are left out, so that a newer program's record can be read. Raises RecordError.
    """
    origin = get_origin(kind)
    if dataclasses.is_dataclass(kind):
        return _decode_dataclass(kind, value, where)
    if origin in (Union, types.UnionType):
        return _decode_union(kind, value, where)
    if origin is tuple:
        return _decode_tuple(get_args(kind), value, where)
    if origin is frozenset:
        (inner,) = get_args(kind)
        return frozenset(_items(inner, value, where))
    if origin is not None and issubclass(origin, Mapping):
        return _decode_mapping(get_args(kind)[1], value, where)
    return _decode_plain(kind, value, where)


def _encode_plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _is_default(field: dataclasses.Field[Any], held: Any) -> bool:
    if field.default is not dataclasses.MISSING:
        return bool(held == field.default)
    return field.default_factory is not dataclasses.MISSING and held == field.default_factory()


@lru_cache(maxsize=64)
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _decode_dataclass(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise RecordError(f"{where}: {kind.__name__} expected")
    hints = _hints(kind)
    given = {
        field.name: decode(hints[field.name], value[field.name], f"{where}.{field.name}")
        for field in dataclasses.fields(kind)
        if field.name in value
    }
    try:
        return kind(**given)
    except TypeError as problem:
        raise RecordError(f"{where}: {problem}") from problem


def _decode_union(kind: Any, value: Any, where: str) -> Any:
    choices = get_args(kind)
    if value is None and types.NoneType in choices:
        return None
    (inner,) = (choice for choice in choices if choice is not types.NoneType)
    return decode(inner, value, where)


def _decode_tuple(kinds: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_items(kinds[0], value, where))
    if not isinstance(value, list) or len(value) != len(kinds):
        raise RecordError(f"{where}: a list of {len(kinds)} expected")
    pairs = zip(kinds, value, strict=True)
    return tuple(decode(inner, held, f"{where}[{i}]") for i, (inner, held) in enumerate(pairs))


def _items(inner: Any, value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise RecordError(f"{where}: a list expected")
    return [decode(inner, held, f"{where}[{i}]") for i, held in enumerate(value)]


def _decode_mapping(inner: Any, value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise RecordError(f"{where}: an object expected")
    return {
        clean_text(key, NOTE_LIMIT): decode(inner, held, f"{where}.{key}")
        for key, held in value.items()
    }


_PARSERS: Mapping[Any, tuple[tuple[type, ...], Callable[[Any], Any]]] = {
    str: ((str,), lambda text: clean_text(text, NOTE_LIMIT)),
    bool: ((bool,), bool),
    int: ((int,), int),
    float: ((int, float), float),
    datetime: ((str,), datetime.fromisoformat),
    date: ((str,), date.fromisoformat),
}


def _decode_plain(kind: Any, value: Any, where: str) -> Any:
    accepts, parse = _PARSERS.get(kind, ((str,), kind))
    if not isinstance(value, accepts) or (isinstance(value, bool) and kind is not bool):
        raise RecordError(f"{where}: {kind.__name__} expected")
    try:
        return parse(value)
    except ValueError as problem:
        raise RecordError(f"{where}: {problem}") from problem
