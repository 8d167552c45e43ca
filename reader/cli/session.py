"""What every command shares: where things are, the open library, and the options `--config` and `--store`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from reader.config import Paths, Settings, find_paths

if TYPE_CHECKING:
    from reader.library import Library
    from reader.stories.rank import Taste

Function = TypeVar("Function", bound=Callable[..., Any])


class CliError(Exception):
    """A command that cannot do what was asked; the message is one line: what, where, what to do.

    `misused` tells whether the command line is at fault (exit code 2) or the world (1); `code` is an exit code of its own. An empty
    message is not printed.
    """

    def __init__(self, message: str, *, misused: bool = False, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code if code is not None else 2 if misused else 1


class OpenReader(Protocol):
    """How the interactive reader is opened on a store; gives its exit code."""

    def __call__(self, store: Path, settings: Settings, *, name: str = ..., feeds: Path | None = ...) -> int:
        """Open it and come back when the user leaves it; `fetch` asks the feeds behind it."""


class Session:
    """One run of a command."""

    def __init__(self, open_reader: OpenReader) -> None:
        self.open_reader = open_reader
        self.config: str | None = None
        """Folder given with `--config`."""
        self.store: str | None = None
        """File given with `--store`."""
        self._library: Library | None = None

    @property
    def paths(self) -> Paths:
        """Where configuration and store are. Raises ConfigError."""
        return find_paths(config=self.config, store=self.store)

    @property
    def library(self) -> Library:
        """The library on the store, opened at first use. Raises ConfigError and StoreError."""
        if self._library is None:
            self._library = self.open_library(self.paths.store)
        return self._library

    def open_library(self, store: Path) -> Library:
        """A library on another store, closed with the session."""
        from reader.library import Library

        self.close()
        self._library = Library(store)
        return self._library

    def taste(self, settings: Settings) -> Taste:
        """What the user gives weight to in the order of the briefing. Raises ConfigError for a watch entry that is no query."""
        from reader.config import settings_error
        from reader.query import QueryError, parse
        from reader.stories.rank import Taste, Weights

        for entry in settings.watch:
            try:
                parse(entry)
            except QueryError as error:
                raise settings_error(self.paths, "watch", f"{entry!r}: {error}") from error
        return Taste(Weights(**settings.rank), settings.watch)

    def close(self) -> None:
        """Close the library, if it was opened."""
        if self._library is not None:
            self._library.close()
            self._library = None


def places(function: Function) -> Function:
    """Give a command the options `--config` and `--store`, after its own in the help."""
    own = getattr(function, "__click_params__", [])
    function.__click_params__ = [  # type: ignore[attr-defined]
        _place("--store", "FILE", "The store to use."),
        _place("--config", "FOLDER", "The folder of config.toml and feeds.toml."),
        *own,
    ]
    return function


def _place(name: str, metavar: str, help: str) -> click.Option:
    return click.Option([name], metavar=metavar, expose_value=False, callback=_keep, is_eager=True, help=help)


def _keep(context: click.Context, option: click.Parameter, value: str | None) -> None:
    if value is not None and option.name:
        if not value:
            raise click.BadParameter("is empty; name one, or leave the option out")
        setattr(context.obj, option.name, value)


def command(name: str, **settings: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function `f(session, …)` a command that also takes the common options."""

    def decorated(function: Callable[..., Any]) -> click.Command:
        decorate: Callable[..., click.Command] = click.command(name, **settings)
        return decorate(places(with_session(function)))

    return decorated


def with_session(function: Callable[..., Any]) -> Callable[..., Any]:
    """Hand the session to a command's function as its first argument."""

    @functools.wraps(function)
    @click.pass_obj
    def called(session: Session, /, *arguments: Any, **options: Any) -> Any:
        return function(session, *arguments, **options)

    return called


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")

QUERY_SETTINGS = {"ignore_unknown_options": True}
"""For commands with a QUERY: `-word` in it is an exclusion, no option."""


def query_argument(*, required: bool = False) -> Callable[[Function], Function]:
    """The argument QUERY: all words that are left, as one query."""
    return click.argument("query", metavar="QUERY", nargs=-1, required=required, callback=_one_query)


def _one_query(context: click.Context, parameter: click.Parameter, words: tuple[str, ...]) -> str:
    """The words with spaces between them; what looks like an option is none of ours."""
    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word, ctx=context)
    return " ".join(words)
