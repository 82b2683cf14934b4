"""Look-alikes: poses that are drawn too much alike are told, unless one says that it is like."""

from stretch_tui.figure import PoseBook
from stretch_tui.figure.alike import look_alikes


def test_a_look_alike_is_found_unless_it_says_so() -> None:
    figure = {"base": "stand", "view": {"yaw": 90}}
    book = PoseBook.parse(
        {"one": {"a": figure}, "two": {"b": dict(figure), "c": {"like": "one/a"}}}
    )
    assert list(look_alikes(book, ["one/a", "two/b"])) == [("one/a", "two/b", 0.0)]
    assert list(look_alikes(book, ["one/a"], ["two/b", "two/c"])) == [("one/a", "two/b", 0.0)]
    assert list(look_alikes(book, ["one/a", "two/c"])) == []
