"""Laws of merging: replicas that were apart, in any order, with repeats, end with the same log."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from stretch_tui.core.log.merge import Key, Record, clock_after, log_of, merge, news

DEVICES = ("a1", "b2", "c3")
records = st.builds(
    Record,
    kind=st.sampled_from(["session", "edit", "favorite"]),
    uid=st.sampled_from(["u1", "u2", "u3"]),
    clock=st.integers(0, 5),
    device=st.sampled_from(DEVICES),
    text=st.sampled_from(["", "x", "y"]),
)
logs = st.lists(records, max_size=12).map(log_of)


@given(logs, logs)
def test_order_does_not_matter(one: dict[Key, Record], other: dict[Key, Record]) -> None:
    assert merge(one, other) == merge(other, one)


@given(logs, logs, logs)
def test_grouping_does_not_matter(
    one: dict[Key, Record], two: dict[Key, Record], three: dict[Key, Record]
) -> None:
    assert merge(merge(one, two), three) == merge(one, merge(two, three))


@given(logs, logs)
def test_repeats_change_nothing(one: dict[Key, Record], other: dict[Key, Record]) -> None:
    both = merge(one, other)
    assert merge(one, one) == one
    assert merge(both, one) == merge(both, other) == both
    assert not news(both, one)
    assert not news(both, other)


@given(logs, logs)
def test_news_are_what_a_merge_changes(one: dict[Key, Record], other: dict[Key, Record]) -> None:
    fresh = news(one, other)
    assert merge(one, log_of(fresh)) == merge(one, other)
    assert {record.key for record in fresh} == {
        key for key, record in merge(one, other).items() if one.get(key) != record
    }


@given(st.permutations(range(8)), st.lists(records, min_size=8, max_size=8))
def test_delivery_in_any_order_with_replays(order: list[int], made: list[Record]) -> None:
    straight = log_of(made)
    jumbled = log_of([made[i] for i in order] + [made[i] for i in order[::2]])
    assert straight == jumbled


@dataclass
class Replica:
    """One machine: what it knows, and a wall clock that may be days off."""

    device: str
    days_off: int
    log: dict[Key, Record] = field(default_factory=dict)

    def write(self, kind: str, uid: str, says: str, day: int) -> Record:
        clock = clock_after(self.log) + 1
        text = f"{says}@{day + self.days_off}"
        record = Record(kind, uid, clock, self.device, text)
        self.log = dict(merge(self.log, {record.key: record}))
        return record


class Replicas(RuleBasedStateMachine):
    """Three machines with clocks days apart write, meet in pairs, and repeat themselves."""

    def __init__(self) -> None:
        super().__init__()
        offsets = (-40, 0, 400)
        self.replicas = [Replica(device, off) for device, off in zip(DEVICES, offsets, strict=True)]
        self.day = 0
        self.added: set[Key] = set()
        self.mail: list[dict[Key, Record]] = []

    @rule(who=st.integers(0, 2), number=st.integers(0, 30))
    def add_session(self, who: int, number: int) -> None:
        replica = self.replicas[who]
        uid = f"{replica.device}-{number}"
        if ("session", uid) not in replica.log:
            self.added.add(replica.write("session", uid, "fact", self.day).key)

    @rule(who=st.integers(0, 2), says=st.sampled_from(["on", "gone"]), item=st.sampled_from("pq"))
    def set_register(self, who: int, says: str, item: str) -> None:
        replica = self.replicas[who]
        record = replica.write("favorite", item, says, self.day)
        assert replica.log[record.key] == record  # one's own latest word holds at once
        self.added.add(record.key)

    @rule(who=st.integers(0, 2))
    def post(self, who: int) -> None:
        self.mail.append(dict(self.replicas[who].log))

    @rule(who=st.integers(0, 2), which=st.integers(0, 50))
    def receive(self, who: int, which: int) -> None:
        """An old or a new letter, possibly for the second time."""
        if self.mail:
            replica = self.replicas[who]
            letter = self.mail[which % len(self.mail)]
            before = replica.log
            replica.log = dict(merge(before, letter))
            assert all(replica.log[key].stamp >= before[key].stamp for key in before)

    @rule()
    def pass_time(self) -> None:
        self.day += 1

    @invariant()
    def nothing_is_ever_lost(self) -> None:
        known = {key for replica in self.replicas for key in replica.log}
        assert known == self.added

    def teardown(self) -> None:
        one, two, three = (replica.log for replica in self.replicas)
        ends = [
            merge(merge(one, two), three),
            merge(three, merge(two, one)),
            merge(two, merge(three, one)),
        ]
        assert ends[0] == ends[1] == ends[2]
        last = max((r.clock for r in ends[0].values()), default=0)
        assert clock_after(ends[0]) == last


Replicas.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestReplicas = Replicas.TestCase
