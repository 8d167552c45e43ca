"""The plain commands: tables for people, JSON for programs; one module a group of commands, loaded when it is asked for."""

from reader.cli.start import run

__all__ = ["run"]
