"""The config file: every key optional, every problem said with its line, none of them fatal."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from stretch_tui.core.amount import Amount
from stretch_tui.core.problems import Problem, did_you_mean
from stretch_tui.core.settings import Settings

MAX_BYTES = 64 * 1024


Judge = Callable[[Settings], Iterable[tuple[str, str, str]]]
"""Tells what is wrong with settings by what other rooms know: the key, in words, and a hint."""


def load_settings(path: Path, judge: Judge = lambda _: ()) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings of a config file; what is wrong keeps its default and is told."""
    whole = ""
    try:
        if not path.exists():
            return Settings(), ()
        if path.is_file():
            with path.open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
        else:
            whole = "is not a regular file"
    except OSError as error:
        whole = f"can't be read: {error.strerror}"
    if not whole and len(raw) > MAX_BYTES:
        whole = "is larger than 64 kB"
    if whole:
        return Settings(), (Problem(str(path), 0, whole, "defaults are used"),)
    return parse_settings(raw, str(path), judge)


def parse_settings(
    raw: bytes, name: str = "config.toml", judge: Judge = lambda _: ()
) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings in the bytes of a config file, and what was wrong with them."""
    try:
        text = raw.decode("utf-8-sig")
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return Settings(), (Problem(name, line, "is not UTF-8 text"),)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        return Settings(), (Problem(name, int(found[1]) if found else 0, str(error)),)
    except RecursionError:
        return Settings(), (Problem(name, 0, "is nested too deeply"),)
    settings, problems = _taken(data)
    told = (
        Problem(name, _line(text, key), message, hint)
        for key, message, hint in (*problems, *judge(settings))
    )
    return settings, tuple(told)


def _taken(data: Mapping[str, Any]) -> tuple[Settings, list[tuple[str, str, str]]]:
    """The settings of a table; what is wrong: the key, in words, and a hint."""
    taken: dict[str, Any] = {}
    problems = []
    for key, value in data.items():
        reader = READERS.get(key)
        if reader is None:
            hint = did_you_mean(key, READERS) or "see: stretch-tui config --default"
            problems.append((key, f"unknown key {key!r}", hint))
            continue
        try:
            taken[key] = reader(value)
        except ValueError as error:
            problems.append((key, f"{key}: {error}", ""))
    return replace(Settings(), **taken), problems


def default_config() -> str:
    """A config file that says every default, commented out."""
    lines = ["# stretch-tui settings; every key is optional, these are the defaults.", ""]
    defaults = Settings()
    for field in fields(Settings):
        value = getattr(defaults, field.name)
        lines.append(f"# {EXPLAINED[field.name]}")
        lines.append(f"# {_toml(field.name, value)}")
        lines.append("")
    return "\n".join(lines)


def _toml(name: str, value: object) -> str:
    if name == "keys":
        return '[keys]\n# "browse.filter" = "slash,f3"'
    if value is None:
        return f'{name} = ["chair", "doorway", "wall", "towel", "pillow", "foam-roller", "corner"]'
    if isinstance(value, bool):
        return f"{name} = {str(value).lower()}"
    return f'{name} = "{value}"' if isinstance(value, str) else f"{name} = {value}"


def _line(text: str, key: str) -> int:
    """The line on which a key or table stands, from 1; 0 when it cannot be told.

    What stands in a table may be written with dots, quoted as a whole, or by its last name.
    """
    _, _, inner = key.partition(".")
    for name in (key, inner, inner.rpartition(".")[2]):
        found = re.search(
            rf"^\s*(?:\[\s*)?[\"']?{re.escape(name)}[\"']?\s*(?:[=.\]])", text, re.MULTILINE
        )
        if name and found:
            return text[: found.start()].count("\n") + 1 + found[0].count("\n")
    return 0


def _number(low: float, high: float, *, whole: bool = True) -> Callable[[object], float]:
    def read(value: object) -> float:
        kinds = int if whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            raise ValueError("must be a whole number" if whole else "must be a number")
        if not low <= value <= high:
            raise ValueError(f"{value} is not from {low:g} to {high:g}")
        return value

    return read


def _choice(*allowed: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in allowed:
            raise ValueError(f"{value!r} is not one of {', '.join(allowed)}")
        return str(value)

    return read


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _word(value: object) -> str:
    if not isinstance(value, str) or len(value) > 100 or not value.isprintable():
        raise ValueError("must be a short text in quotes")
    return value


def _zone(value: object) -> str:
    name = _word(value)
    if name:
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415

        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"there is no time zone {name!r}; say Europe/Paris") from None
    return name


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("must be a list of texts in quotes")
    return tuple(_word(one) for one in value)


def _keys(value: object, prefix: str = "") -> Mapping[str, str]:
    """Binding ids to keys; `browse.filter` may be written as a key with dots or as a table."""
    if not isinstance(value, dict):
        raise ValueError("must be a table: [keys]")
    found: dict[str, str] = {}
    for name, keys in value.items():
        if isinstance(keys, dict):
            found |= _keys(keys, f"{prefix}{name}.")
        else:
            found[_word(prefix + name)] = _word(keys)
    return found


READERS: Mapping[str, Callable[[Any], Any]] = {
    "dose": lambda value: Amount(_choice(*Amount)(value)),
    "breath_seconds": _number(4, 12, whole=False),
    "get_ready_seconds": _number(0, 60),
    "rest_seconds": _number(0, 120),
    "switch_seconds": _number(0, 60),
    "move_seconds": _number(1, 20),
    "goal_days": _number(1, 7),
    "day_start_hour": _number(0, 12),
    "zone": _zone,
    "show_streak": _flag,
    "equipment": _words,
    "theme": _word,
    "figure_style": _choice("ascii", "solid", "braille"),
    "ascii": _flag,
    "mouse": _flag,
    "sound": _flag,
    "flash": _flag,
    "notify": _flag,
    "progress": _flag,
    "keys": _keys,
}
"""How each key is read; a reader raises ValueError with words for the user."""

EXPLAINED: Mapping[str, str] = {
    "dose": "Where in a published range to play: gentle (low end), steady (middle), full (high).",
    "breath_seconds": "Seconds of one slow breath, 4 to 12.",
    "get_ready_seconds": "Seconds before the first stretch.",
    "rest_seconds": "Seconds between stretches.",
    "switch_seconds": "Seconds to change sides.",
    "move_seconds": "Seconds to move from one phase into the next.",
    "goal_days": "Days a week that keep the streak, 1 to 7; past weeks stay as they were.",
    "day_start_hour": "The hour at which a day begins, 0 to 12.",
    "zone": "Your time zone, such as Europe/Paris; empty takes this machine's.",
    "show_streak": "Whether streaks are shown at all.",
    "equipment": "The equipment you have; without this line nothing is left out.",
    "theme": "Color theme: stretch, or any that the palette offers.",
    "figure_style": "How the figure is drawn: ascii, solid or braille.",
    "ascii": "Plain ASCII borders, bars and marks.",
    "mouse": "Whether the mouse is used.",
    "sound": "Bells at start, halfway, switch and done.",
    "flash": "A flash of the screen at the same moments.",
    "notify": "Notifications by the terminal at the end of a hold and of a session.",
    "progress": "Progress in the terminal's tab or taskbar.",
    "keys": "Other keys for an action, by the id that the help shows.",
}
