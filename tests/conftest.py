"""What tests of several rooms share: a store on a real file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from reader.store import Store

# The same examples in every run, and no limit of time: a test fails for what the code does, not for the day or the machine.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    store = Store(tmp_path / "home" / "briefing.db")
    yield store
    store.close()
