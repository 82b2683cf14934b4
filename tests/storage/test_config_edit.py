"""One setting is changed, and everything else that a person wrote stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stretch_tui.core.errors import StoreError
from stretch_tui.storage.config import MAX_BYTES, load_settings
from stretch_tui.storage.config_edit import keep_setting

MINE = '# mine\nsound = false  # the office\n\n[keys]\n# as in less\n"browse.filter" = "f3"\n'


@pytest.mark.parametrize("before", ["", "# only words\n", MINE, 'zone = "Asia/Tokyo" # once\n'])
def test_every_other_line_stays(tmp_path: Path, before: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(before)
    keep_setting(config, "zone", "Europe/Berlin")
    settings, problems = load_settings(config)
    assert settings.zone == "Europe/Berlin"
    assert not problems
    kept = [line for line in before.splitlines() if not line.startswith("zone")]
    assert [line for line in config.read_text().splitlines() if line in kept] == kept
    assert settings.sound is ("sound" not in before)


def test_the_file_and_its_folder_are_made_for_the_owner_alone(tmp_path: Path) -> None:
    config = tmp_path / "new" / "folder" / "config.toml"
    keep_setting(config, "zone", "UTC")
    assert load_settings(config)[0].zone == "UTC"
    if os.name != "nt":
        assert (config.stat().st_mode & 0o777, config.parent.stat().st_mode & 0o777) == (
            0o600,
            0o700,
        )


def test_a_link_into_a_folder_of_dotfiles_stays_one(tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles.toml"
    kept.write_text(MINE)
    config = tmp_path / "config.toml"
    config.symlink_to(kept)
    keep_setting(config, "zone", "UTC")
    assert config.is_symlink()
    assert load_settings(kept)[0].zone == "UTC"


@pytest.mark.parametrize(
    ("content", "name", "value", "words"),
    [
        (b"x = = 1\n", "zone", "UTC", "not valid TOML"),
        (b"\xff\xfe", "zone", "UTC", "not valid TOML"),
        (b"#" * (MAX_BYTES + 1), "zone", "UTC", "not a config file"),
        (b"", "zone", "Nowhere/Atall", "could not be written into"),
        (b"[zone]\na = 1\n", "goal_days", "x", "could not be written into"),
    ],
)
def test_what_cannot_be_kept_is_said_and_the_file_is_as_before(
    tmp_path: Path, content: bytes, name: str, value: str, words: str
) -> None:
    config = tmp_path / "config.toml"
    config.write_bytes(content)
    with pytest.raises(StoreError, match=words):
        keep_setting(config, name, value)
    assert config.read_bytes() == content


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.mkdir()
    with pytest.raises(StoreError, match="not a config file"):
        keep_setting(config, "zone", "UTC")
