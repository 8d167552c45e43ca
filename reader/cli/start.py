"""From the words of a command line to an exit code; the one place where errors become a line on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from reader import __version__
from reader.cli.output import complain
from reader.cli.session import CliError, OpenReader, Session, places
from reader.config import ConfigError
from reader.query import QueryError
from reader.store.errors import StoreError

COMPLETION = "_BRIEFING_COMPLETE"
"""The variable by which a shell asks for completions; click answers."""

DONE, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130

COMMANDS = {
    "demo": "demo",
    "fetch": "fetch",
    "list": "articles",
    "show": "articles",
    "search": "articles",
    "mark": "marks",
    "undo": "marks",
    "redo": "marks",
    "stories": "stories",
    "story": "stories",
    "ledger": "ledgers",
    "scores": "ledgers",
    "quotes": "ledgers",
    "dossier": "ledgers",
    "promises": "ledgers",
    "facts": "facts",
    "facts-rebuild": "facts",
    "export": "export",
    "feeds": "feeds",
    "prune": "prune",
    "doctor": "doctor",
    "backup": "doctor",
    "restore": "doctor",
}
"""Name of every command and the module of this package that holds it."""


class LazyGroup(click.Group):
    """The command `briefing`: imports a command's module only when that command is called (or all of them for `--help`)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; null where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"reader.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_") + "_command")
        return command


@click.group("briefing", cls=LazyGroup, invoke_without_command=True)
@click.version_option(__version__, message="briefing %(version)s")
@places
@click.pass_context
def briefing(context: click.Context) -> None:
    """A terminal reader for AI-industry news.

    Without a command it opens the reader; with no terminal it prints the briefing as plain text.
    """
    if context.invoked_subcommand is None:
        from reader.cli.plain import open_or_print

        open_or_print(context.obj)


def run(argv: Sequence[str], open_reader: OpenReader) -> int:
    """Run the command line `argv`; the exit code. `open_reader` opens the interactive reader."""
    _ready_streams()
    try:
        code = _guarded(argv, Session(open_reader))
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return DONE
    except OSError as error:
        _drop_output()
        complain(f"{error.filename or 'output'}: {error.strerror}; what was stored by then is kept")
        return FAILED
    return code


def _ready_streams() -> None:
    """Nothing that cannot be encoded ends a command, and a stream that was closed is an empty one."""
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115
        elif name != "stdin" and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _drop_output() -> None:
    """Send what is still to be written nowhere: Python would try once more on its way out, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _guarded(argv: Sequence[str], session: Session) -> int:
    """Run it; whatever a user can mend is told in one line."""
    try:
        if COMPLETION in os.environ:
            briefing.main(list(argv), prog_name="briefing", obj=session)
        with briefing.make_context("briefing", list(argv), obj=session) as context:
            briefing.invoke(context)
    except click.exceptions.Exit as exit:
        return exit.exit_code
    except click.UsageError as error:
        complain(_usage(error))
        return MISUSED
    except QueryError as error:
        complain(f"query: {error}")
        return MISUSED
    except CliError as error:
        if str(error):
            complain(str(error))
        return error.code
    except (ConfigError, StoreError, click.ClickException) as error:
        complain(error.format_message() if isinstance(error, click.ClickException) else str(error))
        return FAILED
    except (KeyboardInterrupt, click.Abort):
        complain("interrupted; what was stored by then is kept")
        return INTERRUPTED
    finally:
        session.close()
    return DONE


def _usage(error: click.UsageError) -> str:
    """What is wrong with the command line, and where help is."""
    path = error.ctx.command_path if error.ctx else "briefing"
    return f"{error.format_message().rstrip('.')}; see `{path} --help`"
