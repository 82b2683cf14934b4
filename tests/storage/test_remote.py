"""What becomes of a sync when ssh, or the program behind it, does not end as it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from stretch_tui.core.errors import StoreError
from stretch_tui.storage.transfer.sync import Remote, export, sync_host
from tests.storage.samples import log_in, paths_in, session, uids

ENDINGS = {
    "kill -9 $$": "sh to laptop was ended by signal 9",
    "exit 3": "stretch-tui on laptop ended with 3: see above",
    "exit 127": "there is no stretch-tui on laptop",
    "exit 255": "laptop could not be reached by sh",
}


def laptop(script: str) -> Remote:
    """A remote whose ssh is a shell that runs this."""
    return Remote("laptop", ssh=("sh", "-c", script))


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_sent_to_a_program_that_failed_is_not_said_to_have_arrived(ending: str) -> None:
    with pytest.raises(StoreError, match=ENDINGS[ending]):
        laptop(f"cat >/dev/null; echo 'Brought 1 session.'; {ending}").send(b"{}")
    with pytest.raises(StoreError, match=ENDINGS[ending]):
        laptop(ending).send(b"{}" * (1 << 20))  # nobody reads it


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("part", ["cat", "head -c 40", ":"], ids=["whole", "half", "nothing"])
def test_nothing_is_taken_from_a_program_that_failed(
    ending: str, part: str, tmp_path: Path
) -> None:
    theirs, ours = log_in(tmp_path / "theirs"), log_in(tmp_path / "ours")
    theirs.add(session("one"))
    sent = tmp_path / "sent.json"
    sent.write_bytes(export(theirs, paths_in(tmp_path / "theirs")))
    remote = laptop(f"{part} <{sent}; {ending}")
    with pytest.raises(StoreError, match=ENDINGS[ending]):
        sync_host(ours, paths_in(tmp_path / "ours"), remote)
    assert uids(ours) == set()


@pytest.mark.parametrize("then", ["yes", "sleep 60"])
def test_a_program_that_talks_nonsense_and_will_not_end_is_ended(then: str) -> None:
    with pytest.raises(StoreError, match="Does its shell print something at login"):
        laptop(f"echo Welcome; exec {then}").fetch()


def test_no_host_is_taken_for_an_option() -> None:
    with pytest.raises(ValueError, match="-oProxyCommand"):
        Remote("-oProxyCommand=touch owned")
