"""The command `briefing`: the reader where there is a terminal, everything else through the plain commands.

Imports nothing slow: the way to the first screen loads neither the plain commands nor what fetches feeds.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.config import Settings


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code: 0 done, 1 failed, 2 misused."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words and all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return _briefing()
    gc.set_threshold(20_000, 20, 20)  # a command is short and makes few circles: looking for them took a tenth of it
    from reader.cli import run

    return run(words, read)


def _briefing() -> int:
    """`briefing` alone in a terminal: the shortest way to the first screen. No garbage is collected on it."""
    gc.disable()
    from reader.config import ConfigError, find_paths, load_settings
    from reader.store import StoreError
    from reader.verbs import VERBS

    try:
        paths = find_paths()
        return read(paths.store, load_settings(paths, [verb.name for verb in VERBS]), feeds=paths.config)
    except (ConfigError, StoreError) as error:
        print(f"briefing: {error}", file=sys.stderr)  # noqa: T201
        return 1


def read(store: Path, settings: Settings, *, name: str = "briefing", feeds: Path | None = None) -> int:
    """Open the reader on a store; the exit code. `feeds` is the config folder whose feeds are fetched behind it; null fetches none.

    Raises StoreError for a store that cannot be used. Garbage is not collected until the first screen stands.
    """
    gc.disable()
    from reader.config import ConfigError
    from reader.library import Library
    from reader.query.errors import QueryError
    from reader.tui.app import run

    try:
        library = Library(store, settings.mute)
    except QueryError as error:
        raise ConfigError(Path("config.toml"), None, f"mute: {error}") from error
    try:
        return run(library, settings, name=name, feeds=feeds)
    finally:
        library.close()


if __name__ == "__main__":
    sys.exit(main())
