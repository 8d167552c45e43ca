"""Where the program keeps its files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reader.config.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the program keeps its files: the folder of the configuration, the store's file, the folder of the logs."""

    config: Path
    store: Path
    logs: Path

    @property
    def settings_file(self) -> Path:
        """The user's config.toml; it need not exist."""
        return self.config / "config.toml"

    @property
    def feeds_file(self) -> Path:
        """The user's own feeds.toml; while it does not exist the bundled one holds."""
        return self.config / "feeds.toml"

    def create(self) -> None:
        """Make the folders that are missing, readable by their owner alone; raise `ConfigError` where that fails."""
        for folder in (self.config, self.store.parent, self.logs):
            _make_folder(folder)


def find_paths(
    environ: Mapping[str, str] = os.environ, *, config: str | None = None, store: str | None = None
) -> Paths:
    """Return the paths: `config` (a folder) and `store` (a file) if given, else in `BRIEFING_HOME`, else where the platform has them."""
    found = _home_paths(Path(environ["BRIEFING_HOME"])) if environ.get("BRIEFING_HOME") else _platform_paths()
    folder = _absolute(Path(config)) if config else found.config
    if folder.is_file():
        raise ConfigError(folder, None, "is a file; name the folder that holds config.toml and feeds.toml")
    return Paths(folder, _absolute(Path(store)) if store else found.store, found.logs)


def _home_paths(home: Path) -> Paths:
    home = _absolute(home)
    return Paths(home, home / "briefing.db", home / "logs")


def _platform_paths() -> Paths:
    import platformdirs

    dirs = platformdirs.PlatformDirs("briefing", appauthor=False)
    return Paths(Path(dirs.user_config_dir), Path(dirs.user_data_dir) / "briefing.db", Path(dirs.user_log_dir))


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path.expanduser()))


def _make_folder(folder: Path) -> None:
    try:
        for missing in reversed([f for f in (folder, *folder.parents) if not f.exists()]):
            missing.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        remedy = "set BRIEFING_HOME to a folder that you may write to"
        raise ConfigError(folder, None, f"this folder cannot be made ({error.strerror}); {remedy}") from error
