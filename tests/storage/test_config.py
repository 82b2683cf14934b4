"""The config file: all keys optional, every problem told with its line, none of them fatal."""

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_tui.core.amount import Amount
from stretch_tui.core.settings import Settings
from stretch_tui.storage.config import (
    EXPLAINED,
    READERS,
    default_config,
    load_settings,
    parse_settings,
)
from stretch_tui.storage.paths import Paths


def test_no_file_means_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "config.toml") == (Settings(), ())


def test_what_is_good_is_taken_and_what_is_bad_is_told() -> None:
    settings, problems = parse_settings(
        b'dose = "full"\nbreath_seconds = 99\n\ngoal_dayz = 4\n[keys]\n"browse.filter" = "f3"\n'
    )
    assert settings.dose is Amount.FULL
    assert settings.breath_seconds == 6
    assert settings.keys == {"browse.filter": "f3"}
    assert [(p.line, p.message, p.hint) for p in problems] == [
        (2, "breath_seconds: 99 is not from 4 to 12", ""),
        (4, "unknown key 'goal_dayz'", "did you mean 'goal_days'?"),
    ]


def test_a_remapped_key_may_be_written_with_dots() -> None:
    settings, problems = parse_settings(b'[keys]\nbrowse.filter = "f3"\nplayer.pause = "p"\n')
    assert settings.keys == {"browse.filter": "f3", "player.pause": "p"}
    assert not problems


@pytest.mark.parametrize("name", READERS)
def test_every_key_refuses_what_it_cannot_be(name: str) -> None:
    _, problems = parse_settings(f"{name} = 1979-05-27".encode())
    assert len(problems) == 1
    assert problems[0].line == 1
    assert problems[0].message.startswith(f"{name}: ")


def test_every_setting_can_be_set_and_is_explained() -> None:
    names = {field.name for field in fields(Settings)}
    assert names == set(READERS) == set(EXPLAINED)


def test_the_default_config_says_the_defaults() -> None:
    uncommented = "\n".join(
        line.removeprefix("# ")
        for line in default_config().splitlines()
        if " = " in line and not line.startswith(("# equipment", '# "'))
    )
    settings, problems = parse_settings(uncommented.encode())
    assert settings == Settings()
    assert not problems
    assert tomllib.loads(default_config()) == {}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"dose = ", "Invalid value"),
        (b"a=" + b"[" * 10_000, "is nested too deeply"),
        (b'zone = "Mars/Olympus"', "there is no time zone"),
        (b"equipment = 3", "a list of texts"),
    ],
)
def test_a_broken_file_is_told_and_defaults_hold(raw: bytes, said: str) -> None:
    settings, problems = parse_settings(raw)
    assert settings == Settings()
    assert said in problems[0].message


def test_a_huge_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "big.toml").write_bytes(b"#" * 100_000)
    assert "larger" in load_settings(tmp_path / "big.toml")[1][0].message
    assert "regular" in load_settings(tmp_path)[1][0].message


@given(st.binary(max_size=200))
def test_no_bytes_can_stop_the_program(raw: bytes) -> None:
    parse_settings(raw)


def test_one_folder_can_hold_everything(tmp_path: Path) -> None:
    paths = Paths.find({"STRETCH_TUI_DATA_DIR": str(tmp_path)})
    assert {paths.data, paths.config.parent, paths.cache.parent} == {tmp_path}


def test_without_a_named_folder_the_platform_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere/data")
    assert "stretch-tui" in str(Paths.find({}).data)
