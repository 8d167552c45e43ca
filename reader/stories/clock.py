"""What time it is in a stream of articles, without a clock: the median date of the newest arrivals, which wrong dates cannot move."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from statistics import median_low

from reader.stories.model import DAY

_NEWEST = 31


class StreamClock:
    """Runs with the articles' own dates and never back: an old archive that comes in late does not close today's stories."""

    def __init__(self, dates: Iterable[float] = ()) -> None:
        self._dates = deque(dates, maxlen=_NEWEST)
        self.time: float | None = None
        """Seconds since 1970 UTC; null before the first date."""
        self._advance()

    def see(self, published: float | None, now: float | None = None) -> float | None:
        """Take note of one article's date, and of a real clock's time where there is one.

        Gives the date to believe: null when there is none, or when it is more than a day ahead of `now`.
        """
        if now is not None:
            self.time = now
            return published if published is not None and published <= now + DAY else None
        if published is not None:
            self._dates.append(published)
            self._advance()
        return published

    def _advance(self) -> None:
        if self._dates:
            median = median_low(self._dates)
            self.time = median if self.time is None else max(self.time, median)
