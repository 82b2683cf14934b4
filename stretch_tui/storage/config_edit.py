"""Changes one setting in the config file and keeps everything else a person wrote there."""

from __future__ import annotations

from pathlib import Path

from stretch_tui.core.errors import StoreError
from stretch_tui.storage.config import MAX_BYTES, parse_settings
from stretch_tui.storage.durable import make_private, write_durably
from stretch_tui.storage.faults import not_saved


def keep_setting(config: Path, name: str, value: str | bool | int) -> None:
    """Write the setting into the config file, durably; comments and all other lines stay.

    A file that does not read as TOML is left alone: raises StoreError with words for a person.
    """
    path = config.resolve()  # a link into a folder of dotfiles stays one
    if path.exists() and not (path.is_file() and path.stat().st_size <= MAX_BYTES):
        raise StoreError(f"{config} is not a config file: nothing was changed")
    try:
        before = path.read_bytes() if path.exists() else b""
        after = _changed(config, before, name, value)
        make_private(path.parent)
        write_durably(path, after)
    except OSError as error:
        raise not_saved(config, error) from error


def _changed(config: Path, before: bytes, name: str, value: str | bool | int) -> bytes:
    """The bytes of the file with the setting in them."""
    import tomlkit  # noqa: PLC0415 - only who writes pays for it
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    try:
        document = tomlkit.parse(before.decode("utf-8-sig"))
    except (TOMLKitError, UnicodeDecodeError, RecursionError):
        raise StoreError(f"{config} is not valid TOML: see `stretch-tui config --check`") from None
    document[name] = value
    after = tomlkit.dumps(document).encode()
    if getattr(parse_settings(after)[0], name) != value:
        raise StoreError(f"{name} = {value!r} could not be written into {config}: do it by hand")
    return after
