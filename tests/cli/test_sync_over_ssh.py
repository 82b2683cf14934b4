"""`sync HOST` between two data folders through a real sshd on the loopback interface."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from stretch_tui.storage.transfer.sync import check_host
from tests.storage.samples import log_in, session, uids

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
needs_sshd = pytest.mark.skipif(
    SSHD is None or shutil.which("ssh-keygen") is None,
    reason="needs sshd and ssh-keygen (Debian: openssh-server)",
)
CLIENT = """\
Host laptop
  HostName 127.0.0.1
  Port {port}
  User {user}
  IdentityFile {folder}/user_key
  IdentitiesOnly yes
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  LogLevel ERROR

Host gone
  HostName 127.0.0.1
  Port 1
"""
SERVER = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/user_key.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
"""


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The ssh command that reaches `laptop`, a server for the time of the tests."""
    folder = tmp_path_factory.mktemp("ssh")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for name in ("host_key", "user_key"):
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(words, check=True)
    known = {"port": port, "folder": folder, "user": getpass.getuser()}
    (folder / "client").write_text(CLIENT.format(**known))
    (folder / "server").write_text(SERVER.format(**known))
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where a server started by root shuts itself in
    assert SSHD is not None
    server = subprocess.Popen(
        [SSHD, "-D", "-e", "-f", str(folder / "server")], stderr=subprocess.PIPE, text=True
    )
    try:
        if not answers(port, server):
            pytest.skip("sshd does not start here")
        yield f"ssh -F {folder / 'client'}"
    finally:
        server.kill()
        server.communicate()


def answers(port: int, server: subprocess.Popen[str]) -> bool:
    for _ in range(100):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return True
        if server.poll() is not None:
            return False
        time.sleep(0.02)
    return False


def command(folder: Path) -> str:
    """How a machine whose data is in the folder starts the program."""
    return f"env STRETCH_TUI_DATA_DIR={folder} {sys.executable} -m stretch_tui"


def stretch(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command(folder).split(), *words],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
        timeout=60,
    )


@needs_sshd
def test_two_machines_meet(ssh: str, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    one, two = log_in(here), log_in(there)
    one.add(session("here-1"))
    two.add(session("there-1"))
    two.add(session("there-2", note="café"))
    two.set_favorite("owl-neck", True)
    (there / "routines").mkdir(mode=0o700)
    (there / "routines" / "lunch.toml").write_text('name = "Lunch"\n')
    words = ("sync", "laptop", "--ssh", ssh, "--remote", command(there))

    dry = stretch(here, *words, "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert dry.stdout == (
        "Here: would bring 2 sessions, 1 other record and 1 routine.\n"
        "laptop: Would bring 1 session.\n"
    )
    assert uids(one) == {"here-1"}
    assert uids(two) == {"there-1", "there-2"}

    done = stretch(here, *words)
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        "Here: brought 2 sessions, 1 other record and 1 routine.\nlaptop: Brought 1 session.\n"
    )
    assert one.sessions() == two.sessions()
    assert one.favorites() == ("owl-neck",)
    assert (here / "routines" / "lunch.toml").read_text() == 'name = "Lunch"\n'

    before = [path.read_bytes() for path in (here / "history.json", there / "history.json")]
    again = stretch(here, *words)
    assert again.stdout == "Here: brought nothing new.\nlaptop: Brought nothing new.\n"
    after = [path.read_bytes() for path in (here / "history.json", there / "history.json")]
    assert after == before


@needs_sshd
def test_what_goes_wrong_at_the_other_end_is_said(ssh: str, tmp_path: Path) -> None:
    log_in(tmp_path).add(session("mine"))
    before = (tmp_path / "history.json").read_bytes()
    cases = {
        "no-such-program": "there is no no-such-program on laptop: install it there, or name it",
        "false": "stretch-tui on laptop ended with 1: see above",
        "echo": "begins with 'export -'; nothing was imported. Does its shell print something",
        "head -c 3000000 /dev/zero; true": "a line longer than 512 kB",
    }
    for program, words in cases.items():
        done = stretch(tmp_path, "sync", "laptop", "--ssh", ssh, "--remote", program)
        assert done.returncode == 1
        assert words in done.stderr
        assert "Traceback" not in done.stderr
    done = stretch(tmp_path, "sync", "nobody@gone", "--ssh", ssh)
    assert done.returncode == 1
    assert "nobody@gone could not be reached" in done.stderr
    assert (tmp_path / "history.json").read_bytes() == before


@pytest.mark.parametrize(
    "host", ["-oProxyCommand=touch x", "--", "a b", "a;b", "$(x)", "user@-oX", "a\nb", "@host", ""]
)
def test_no_option_and_no_shell_can_hide_in_a_host(host: str) -> None:
    with pytest.raises(ValueError, match="is not a host: say HOST or USER@HOST"):
        check_host(host)


def test_a_host_that_is_an_option_starts_nothing(tmp_path: Path) -> None:
    trap = tmp_path / "called"
    done = stretch(tmp_path, "sync", "--ssh", f"touch {trap}", "--", "-oProxyCommand=x")
    assert done.returncode == 2
    assert "is not a host: say HOST or USER@HOST" in done.stderr
    assert not trap.exists()
