"""The log in JSON for other programs: fields may be added, these are never renamed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, timedelta

from stretch_tui.cli.shapes import seconds_json
from stretch_tui.core.log import stats
from stretch_tui.core.log.days import week_name
from stretch_tui.core.log.explain import Reason
from stretch_tui.core.log.logbook import Session, region_seconds, side_seconds
from stretch_tui.core.log.streak import Streak
from stretch_tui.core.log.tally import DayTotal


def session_json(session: Session) -> dict[str, object]:
    """One session as `history --json` holds it."""
    one = (session,)
    return {
        "uid": session.uid,
        "started": session.started.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "offset_minutes": session.offset_minutes,
        "day": session.day.isoformat(),
        "routine": session.routine,
        "title": session.title,
        "seconds": seconds_json(session.seconds),
        "completed": session.completed,
        "ending": session.ending.value,
        "source": session.source.value,
        "edited": session.edited,
        "regions": {name: seconds_json(value) for name, value in region_seconds(one).items()},
        "sides": {side: seconds_json(value) for side, value in side_seconds(one).items()},
        "stretches": [part.stretch for part in session.parts],
        "feel": [session.feel_before, session.feel_after],
        "note": session.note,
    }


def stats_json(
    sessions: Sequence[Session],
    days: Mapping[date, DayTotal],
    standing: Streak,
    weeks: int | None,
) -> dict[str, object]:
    """What `stats --json` holds; `weeks` is how many are asked for, None for all of them."""
    today = standing.at
    earliest = max(min(days, default=today), today - timedelta(days=36_525))
    if weeks:
        earliest = today - timedelta(days=7 * (weeks - 1))
    week = stats.between(sessions, standing.week.monday, today)
    of_today = stats.between(week, today, today)
    return {
        "sessions": len(sessions),
        "seconds": seconds_json(sum(total.milliseconds for total in days.values()) / 1000),
        "best_weeks": standing.best_weeks,
        "best_days": standing.best_days,
        "regions": {name: seconds_json(value) for name, value in region_seconds(sessions).items()},
        "sides": {side: seconds_json(value) for side, value in side_seconds(sessions).items()},
        "weeks": [
            {"week": week_name(row.monday), "from": row.monday.isoformat(),
             "seconds": seconds_json(row.seconds), "days": row.days}
            for row in stats.weeks(days, earliest, today)
        ],
        "this_week": _week_json(standing, stats.by_region(week)),
        "today": {
            name: _share_json(share) for name, share in stats.by_stretch(of_today).items()
        },
        "targets": {
            "stretch_day_seconds": stats.STRETCH_SECONDS,
            "region_week_seconds": stats.REGION_WEEK_SECONDS,
        },
    }  # fmt: skip


def _week_json(standing: Streak, got: Mapping[str, stats.Share]) -> dict[str, object]:
    return {
        "seconds": seconds_json(standing.week_seconds),
        "days": standing.week.done,
        "regions": {name: _share_json(share) for name, share in got.items() if share.seconds},
    }


def streak_json(standing: Streak, reasons: Sequence[Reason]) -> dict[str, object]:
    """What `streak --json` holds."""
    week = standing.week
    return {
        "at": standing.at.isoformat(),
        "weeks": standing.weeks,
        "days": standing.days,
        "best_weeks": standing.best_weeks,
        "best_days": standing.best_days,
        "this_week": {
            "done": week.done,
            "goal": week.asked,
            "until": week.sunday.isoformat(),
            "state": week.state.value,
            "full_goal": week.goal,
        },
        "tokens": standing.tokens,
        "weeks_to_token": standing.to_token,
        "due": standing.due,
        "explain": [_reason_json(reason) for reason in reasons],
    }


def _reason_json(reason: Reason) -> dict[str, object]:
    found: dict[str, object] = {
        "kind": reason.kind,
        "from": reason.first.isoformat(),
        "to": reason.last.isoformat(),
        "why": reason.why,
    }
    if reason.state:
        found["state"] = reason.state
    if reason.kind == "week":
        found["week"] = week_name(reason.first)
        found |= {"done": reason.done, "goal": reason.asked}
        found |= {"streak": reason.streak, "tokens": reason.tokens}
    return found


def _share_json(share: stats.Share) -> dict[str, float]:
    sides = {"left": share.left, "right": share.right, "both": share.both}
    return {name: seconds_json(value) for name, value in sides.items()}
