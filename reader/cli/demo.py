"""`demo`: the sample edition, through the same pipeline as the network, in a store of its own."""

from __future__ import annotations

import signal
import tempfile
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click

from reader.cli.plain import has_terminal, print_briefing
from reader.cli.session import CliError, Session, command

if TYPE_CHECKING:
    from reader.library import Library
    from reader.stories.rank import Taste


ENDS = (signal.SIGTERM, signal.SIGHUP)
"""Signals that ask the program to end; they wait while the folder of the sample is made."""


@command("demo")
def demo_command(session: Session) -> None:
    """Open the reader on a sample edition.

    Nothing is fetched, and nothing of it is kept.
    With no terminal it prints the briefing of the sample. With --store the sample stays in that file.
    """
    if session.store is not None:
        _demonstrate(session, session.paths.store)
        return
    for number in ENDS:
        signal.signal(number, _leave)
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
    with tempfile.TemporaryDirectory(prefix="briefing-demo-") as folder:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDS)
        _demonstrate(session, Path(folder) / "sample.db")


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    """End in order, so that the folder of the sample goes as well."""
    raise click.exceptions.Exit(128 + number)


def _demonstrate(session: Session, store: Path) -> None:
    from reader.config import load_settings
    from reader.verbs import VERBS

    settings = load_settings(session.paths, [verb.name for verb in VERBS])
    taste = session.taste(settings)
    library = session.open_library(store)
    if library.counts()["all"] == 0:
        fill(library, taste)
    if not has_terminal():
        from reader.sample import CAPTION

        print_briefing(library, title="briefing demo", footer=f"{CAPTION}. Run it in a terminal to read.")
        return
    session.close()
    raise click.exceptions.Exit(session.open_reader(store, settings, name="briefing demo"))


def fill(library: Library, taste: Taste) -> None:
    """Ingest the sample edition and find its facts and stories, ranked by `taste`. Raises CliError where a document cannot be read."""
    from reader.ingest.pipeline import facts_for, ingest_document, stories_for
    from reader.ingest.pool import Pool
    from reader.library import now
    from reader.sample import edition

    pool = Pool()
    try:
        time = now()
        for feed, body, content_type in edition(time):
            report = ingest_document(
                library.store, feed, body, content_type=content_type, now=time, sample=True, pool=pool
            )
            for _, reason in report.errors:
                raise CliError(f"sample edition: {feed.title}: {reason}")
        facts_for(library.store, pool=pool)
        stories_for(library.store, taste=taste)
    finally:
        pool.close()
