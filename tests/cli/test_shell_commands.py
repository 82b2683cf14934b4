"""Completions and the manual page come from the parser, so no command can be missing from them."""

import subprocess
from pathlib import Path

import pytest

from stretch_tui.cli.main import COMMANDS, main


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_can_be_completed(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completions", shell]) == 0
    script = capsys.readouterr().out
    assert all(name in script for name in COMMANDS)


def test_bash_completes_commands_and_options(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["completions", "bash"])
    script = tmp_path / "completions.bash"
    asked = ["st", "streak --ex"]
    script.write_text(
        capsys.readouterr().out
        + "".join(
            f"COMP_WORDS=(stretch-tui {words}); COMP_CWORD={words.count(' ') + 1}; _stretch_tui\n"
            'echo "${COMPREPLY[@]}"\n'
            for words in asked
        )
    )
    done = subprocess.run(["bash", script], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["stats streak status", "--explain"]
    assert done.stderr == ""


def test_the_manual_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["man"]) == 0
    page = capsys.readouterr().out
    assert all(f".SS {name.replace('-', chr(92) + '-')}" in page for name in COMMANDS)
    assert page.startswith(".TH STRETCH-TUI 1")
