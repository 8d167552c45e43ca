"""Edits of the user's feeds.toml: whole or not at all, one process at a time, comments and order kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.config.addresses import address_key, host_of
from reader.config.errors import ConfigError
from reader.config.feeds import FEED_KEYS, FEEDS_BYTES, bundled, feed_tables, feeds_of
from reader.config.paths import Paths
from reader.config.source import Source, Spot, bare, read_source, table_lines
from reader.model import Feed


def add_feeds(paths: Paths, feeds: Iterable[Feed], *, keep_bundled: bool = True) -> int:
    """Add feeds to the user's feeds.toml and return how many were new; comments and order of the file stay.

    Where there is no such file yet it begins with the bundled sources, or empty with `keep_bundled` false (the feeds are then all
    there is). Raise `ConfigError`, with the file unchanged.
    """
    with _editing(paths, keep_bundled) as edit:
        known = {address_key(feed.url) for feed in edit.feeds}
        fresh = {address_key(feed.url): feed for feed in feeds}
        added = [feed for key, feed in fresh.items() if key not in known]
        if added:
            edit.text = "\n".join([*([edit.text] if edit.text else []), *(_rendered(feed) for feed in added)])
    return len(added)


def remove_feed(paths: Paths, url: str) -> bool:
    """Take a feed out of the user's feeds.toml (with the comments inside its table); false when there is no such feed."""
    with _editing(paths) as edit:
        found = edit.places(url)
        for nth in reversed(found):
            edit.cut(nth)
    return bool(found)


def set_enabled(paths: Paths, urls: str | Collection[str], enabled: bool) -> bool:
    """Write `enabled` of one feed or several in the user's feeds.toml; false when it has none of them."""
    with _tables(paths) as tables:
        found = [table for url in ([urls] if isinstance(urls, str) else urls) for table in tables.at(url)]
        for table in found:
            table["enabled"] = enabled
    return bool(found)


def move_feed(paths: Paths, url: str, to: str) -> bool:
    """Give the feed at `url` the address `to`; its former one stays in the file as `moved_from`, for `move_back`.

    Where `to` is a feed of the list already, that one takes over and the one at `url` is switched off. False when there is no feed
    at `url`, or none to move.
    """
    with _tables(paths) as tables:
        found, there = tables.at(url), tables.at(to)
        if not found or address_key(url) == address_key(to):
            return False
        for table in there:
            table["moved_from"] = url
            table["enabled"] = True
        for table in found:
            if there:
                table["enabled"] = False
            else:
                table["url"], table["moved_from"] = to, url
    return True


def move_back(paths: Paths, url: str) -> str:
    """Undo `move_feed` for the feed that is at `url` now; the address it has again, empty where it was never moved."""
    with _tables(paths) as tables:
        former = next((str(table["moved_from"]) for table in tables.at(url) if "moved_from" in table), "")
        joined = tables.at(former) if former else []
        for table in tables.at(url) if former else []:
            if joined:
                del table["moved_from"]
            else:
                table["url"], table["moved_from"] = former, url
        for table in joined:
            table["enabled"] = True
    return former


def take_fallback(paths: Paths, feed: Feed) -> bool:
    """Switch `feed` off and its fallback on, which is added where the list lacks it; false where it has none."""
    if not feed.fallback:
        return False
    if not set_enabled(paths, feed.fallback, True):
        note = f"In place of {host_of(feed.url)}, which refuses programs."
        other = Feed(
            feed.fallback,
            f"{feed.title} (fallback)",
            feed.outlet,
            group=feed.group,
            text="headline",
            local=feed.local,
            note=note,
        )
        add_feeds(paths, [other])
    return set_enabled(paths, feed.url, False)


def drop_fallback(paths: Paths, feed: Feed) -> bool:
    """Switch `feed` on and its fallback off; false where it has none."""
    return bool(feed.fallback) and set_enabled(paths, feed.fallback, False) and set_enabled(paths, feed.url, True)


class _Tables:
    """The [[feed]] tables of a parsed document, as they can be changed."""

    def __init__(self, document: Any, places: Callable[[str], list[int]]) -> None:
        self._document = document
        self._places = places

    def at(self, url: str) -> list[Any]:
        """Those with this address."""
        return [self._document["feed"][nth] for nth in self._places(url)]


@contextmanager
def _tables(paths: Paths) -> Iterator[_Tables]:
    """Hand out the tables of feeds.toml to change; comments and order stay."""
    import tomlkit

    with _editing(paths) as edit:
        document = tomlkit.parse(edit.text)
        yield _Tables(document, edit.places)
        edit.text = tomlkit.dumps(document)


@dataclass(slots=True)
class _Edit:
    """The text of feeds.toml while it is changed, and the tables it held before."""

    file: Path
    text: str
    tables: list[dict[str, object]]
    feeds: tuple[Feed, ...]

    def places(self, url: str) -> list[int]:
        """Return which tables hold this address."""
        key = address_key(url)
        return [nth for nth, table in enumerate(self.tables) if address_key(str(table["url"])) == key]

    def cut(self, nth: int) -> None:
        """Take out a table's lines; comments after its last key belong to the next table and stay."""
        lines = self.text.split("\n")
        skeleton = bare(self.text).split("\n")
        start, end = table_lines(skeleton, Spot("feed", nth))
        if not start:
            raise ConfigError(self.file, None, "its feeds are written as one list; write each as a [[feed]] table")
        while end > start and not skeleton[end - 1].strip():
            end -= 1
        while end < len(lines) and not lines[end].strip():
            end += 1
        self.text = "\n".join(lines[: start - 1] + lines[end:])


@contextmanager
def _editing(paths: Paths, keep_bundled: bool = True) -> Iterator[_Edit]:
    """Hand out the text to change; write it when it changed and reads well, whole or not at all, one process at a time."""
    paths.create()
    with _locked(paths.config):
        source = read_source(paths.feeds_file, FEEDS_BYTES)
        before = source or (bundled() if keep_bundled else Source(paths.feeds_file, ""))
        edit = _Edit(paths.feeds_file, before.text, feed_tables(before), feeds_of(before)[0])
        yield edit
        if len(edit.text.encode()) > FEEDS_BYTES:
            raise ConfigError(
                paths.feeds_file, None, f"would be larger than {FEEDS_BYTES // 1024} KiB; add fewer feeds"
            )
        if edit.text != before.text:
            feeds_of(Source(paths.feeds_file, edit.text))
            write_file(paths.feeds_file, edit.text)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _rendered(feed: Feed) -> str:
    """Return a feed as a [[feed]] table that holds what is not the default."""
    import tomlkit

    default = Feed(url="", title="", outlet="", group="")
    values = {name: getattr(feed, name) for name in FEED_KEYS}
    told = {name: value for name, value in values.items() if value != getattr(default, name)}
    table = {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}
    return "[[feed]]\n" + tomlkit.dumps(table)


def write_file(file: Path, text: str) -> None:
    """Replace a file as a whole: written beside it, synced and renamed; a symbolic link stays one. Raise `ConfigError`."""
    target = file.resolve()
    scratch = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o600
        _write_synced(scratch, text.encode(), mode)
        scratch.replace(target)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise ConfigError(file, None, f"cannot be written ({error.strerror}); it is as it was") from error


def _write_synced(file: Path, data: bytes, mode: int) -> None:
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
