"""`completions` and `man`: both written from the parser itself, so that neither can go stale."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from stretch_tui import __version__
from stretch_tui.cli import compose

TAKES_ID = {"show", "figure", "play", "favorite", "log", "routine"}
"""Commands whose plain words are ids of stretches and routines."""
SHELLS = ("bash", "zsh", "fish")
IDS = "ids"
"""What the scripts themselves ask for, and nobody else."""


def configure(name: str, parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of one of the commands."""
    if name == "completions":
        shells = "|".join(SHELLS)
        parser.add_argument("shell", metavar=shells, choices=(*SHELLS, IDS), help="which shell")


def run(args: argparse.Namespace) -> int:
    """Print a completion script, the ids that one asks for, or the manual page."""
    if args.command == "man":
        print(manual(), end="")
        return 0
    if args.shell == IDS:
        catalog = compose.catalog()
        print("\n".join([*catalog.routines, *catalog.stretches]))
        return 0
    print({"bash": _bash, "zsh": _zsh, "fish": _fish}[args.shell](), end="")
    return 0


def _commands() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    from stretch_tui.cli.main import build_parser

    parser = build_parser(None)
    for action in parser._actions:  # noqa: SLF001  (argparse offers no public way to walk a parser)
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            yield from action.choices.items()


def _options(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:  # noqa: SLF001
        if action.help != argparse.SUPPRESS:
            yield action


def _words(name: str, parser: argparse.ArgumentParser) -> tuple[list[str], bool]:
    """What can follow a command, and whether ids can."""
    words: list[str] = []
    for action in _options(parser):
        words += [one for one in action.option_strings if one.startswith("--")]
        if not action.option_strings and action.choices:
            words += [str(choice) for choice in action.choices if choice != IDS]
    return words, name in TAKES_ID


def _bash() -> str:
    cases = "".join(
        f"    {name}) words='{' '.join(words)}'{'; ids=1' if ids else ''} ;;\n"
        for name, parser in _commands()
        for words, ids in [_words(name, parser)]
    )
    names = " ".join(name for name, _ in _commands())
    return f"""\
# stretch-tui: put this into ~/.bashrc:  eval "$(stretch-tui completions bash)"
_stretch_tui() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} words= ids=
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{names} --help --version" -- "$word"))
    return
  fi
  case ${{COMP_WORDS[1]}} in
{cases}  esac
  [ -n "$ids" ] && words="$words $(stretch-tui completions ids 2>/dev/null)"
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}}
complete -F _stretch_tui stretch-tui
"""


def _zsh() -> str:
    return f"""\
# stretch-tui: put this into ~/.zshrc:  eval "$(stretch-tui completions zsh)"
autoload -U +X bashcompinit && bashcompinit
{_bash()}"""


def _fish() -> str:
    lines = [
        "# stretch-tui: stretch-tui completions fish >~/.config/fish/completions/stretch-tui.fish",
        "complete -c stretch-tui -f",
    ]
    for name, parser in _commands():
        said = (parser.description or "").rstrip(".").replace("'", r"\'")
        lines.append(f"complete -c stretch-tui -n __fish_use_subcommand -a {name} -d '{said}'")
        words, ids = _words(name, parser)
        seen = f"-n '__fish_seen_subcommand_from {name}'"
        for word in words:
            flag = f"-l {word[2:]}" if word.startswith("--") else f"-a {word}"
            lines.append(f"complete -c stretch-tui {seen} {flag}")
        if ids:
            lines.append(f"complete -c stretch-tui {seen} -a '(stretch-tui completions ids)'")
    return "\n".join(lines) + "\n"


def manual() -> str:
    """The manual page as roff, to pipe into `man -l -`."""
    from stretch_tui.cli.main import EXAMPLES, HELP

    parts = [
        f'.TH STRETCH-TUI 1 "" "stretch-tui {__version__}" "User Commands"',
        ".SH NAME\nstretch-tui \\- neck, shoulder and upper-back stretches in the terminal",
        ".SH SYNOPSIS\n.B stretch-tui\n[\\fICOMMAND\\fR] [\\fIOPTIONS\\fR]",
        ".SH DESCRIPTION\nWithout a command the full-screen app opens; ? in it is help.",
        "It is not medical advice: stop when something hurts.",
        ".SH COMMANDS",
    ]
    for name, parser in _commands():
        parts.append(f".SS {_roff(name)}\n{_roff(HELP[name])}.")
        for action in _options(parser):
            if action.dest in ("help", "data_dir", "ascii", "no_mouse"):
                continue
            shown = ", ".join(action.option_strings) or str(action.metavar or action.dest)
            if action.option_strings and action.metavar:
                shown += f" {action.metavar}"
            elif action.choices and not action.metavar:
                shown += " " + "|".join(str(choice) for choice in action.choices)
            parts.append(f".TP\n.B {_roff(shown)}\n{_roff(action.help or '')}")
    return "\n".join([*parts, _tail(EXAMPLES)])


def _tail(examples: str) -> str:
    return f"""\
.SH OPTIONS
.TP
.B \\-\\-data\\-dir DIR
keep all data in DIR, as the variable STRETCH_TUI_DATA_DIR does
.TP
.B \\-\\-ascii
plain ASCII only
.TP
.B \\-\\-no\\-mouse
the mouse is not used
.SH FILES
.B stretch-tui paths
prints where the log, the routines and the config file are.
.SH EXIT STATUS
0 ok; 1 a problem was found; 2 usage, configuration or no terminal; 130 interrupted; 128+n signal n.
.SH EXAMPLES
.nf
{_roff(examples.partition(chr(10))[2])}.fi
"""


def _roff(text: str) -> str:
    """Text that roff takes as it stands."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in ".'" else line for line in escaped.split("\n"))
