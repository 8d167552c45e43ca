"""Articles and their facts -> stories: one event, the figures its outlets agree and differ on, and what is new (pure)."""

from __future__ import annotations

from reader.stories.cluster import Clusterer
from reader.stories.compare import compare
from reader.stories.copies import CopyIndex, copies
from reader.stories.grouping import group

__all__ = ["Clusterer", "CopyIndex", "compare", "copies", "group"]
