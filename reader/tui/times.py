"""Times as a reader says them."""

from __future__ import annotations

from datetime import datetime


def age(then: int, now: int) -> str:
    """How long ago, in at most six cells: `now`, `5m`, `2h`, `3d`, then `Nov 3`, then the year."""
    seconds = now - then
    if seconds < 60:
        return "now"
    if seconds < 3600:
        return f"{seconds // 60}m"
    if seconds < 86400:
        return f"{seconds // 3600}h"
    if seconds < 7 * 86400:
        return f"{seconds // 86400}d"
    day = datetime.fromtimestamp(then)
    return f"{day:%b} {day.day}" if day.year == datetime.fromtimestamp(now).year else str(day.year)


def moment(then: int) -> str:
    """Day and time in the user's own zone: `9 Apr 2026 14:02`."""
    day = datetime.fromtimestamp(then)
    return f"{day.day} {day:%b %Y %H:%M}"


def ahead(then: int, now: int) -> str:
    """How long until: `now`, `in 5m`, `in 2h`, `in 3d`."""
    seconds = then - now
    if seconds <= 60:
        return "now"
    unit, name = next((u, n) for u, n in ((86400, "d"), (3600, "h"), (60, "m")) if seconds >= u)
    return f"in {seconds // unit}{name}"


def day(then: int) -> str:
    """The day in the user's own zone: `9 Apr 2026`."""
    date = datetime.fromtimestamp(then)
    return f"{date.day} {date:%b %Y}"
