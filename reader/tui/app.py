"""The app: themes, one screen, and a terminal that is given back as it was."""

from __future__ import annotations

import asyncio
import codecs
import gc
import os
import signal
import sys
import traceback
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import App
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from reader.config import ConfigError, Settings
from reader.library import Library
from reader.text import defuse
from reader.tui.screens.briefing import BriefingScreen
from reader.tui.themes import OWN_VARIABLES, THEMES
from reader.verbs import VERBS, keymap


class VerbCommands(Provider):
    """Every verb in the palette, by name and help."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for verb in VERBS:
            yield DiscoveryHit(Content(verb.help), self._run(verb.action), text=verb.help, help=verb.name)

    async def search(self, query: str) -> Hits:
        """Those that match what is typed."""
        matcher = self.matcher(query)
        for verb in VERBS:
            score = matcher.match(f"{verb.name} {verb.help}")
            if score > 0:
                yield Hit(score, Content(verb.help), self._run(verb.action), text=verb.help, help=verb.name)

    def _run(self, action: str) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await self.screen.run_action(action)

        return run


class BriefingApp(App[None]):
    """Thin: it owns the library and the themes, and pushes the briefing screen."""

    TITLE = "briefing"
    CSS_PATH = Path(__file__).with_name("briefing.tcss")
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[type[Provider]]] = {VerbCommands}  # type: ignore[assignment]

    def __init__(
        self, library: Library, settings: Settings, *, name: str = "briefing", feeds: Path | None = None
    ) -> None:
        super().__init__()
        self.library = library
        self.settings = settings
        self.animation_level = "none"
        self._product = name
        self._feeds = feeds
        for theme in THEMES:
            self.register_theme(theme)
        wanted = _theme_name(settings.theme)
        if wanted not in self.available_themes:
            names = ", ".join(sorted(self.available_themes))
            raise ConfigError(
                Path("config.toml"),
                None,
                f"theme: there is no theme {settings.theme!r}; there are auto, dark, light, {names}",
            )
        self.theme = wanted

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables for themes that do not know them."""
        return OWN_VARIABLES

    def get_default_screen(self) -> BriefingScreen:
        """The briefing is the first screen there is: none is made, styled and covered before it."""
        self._briefing = BriefingScreen(self.library, self.settings, name=self._product, feeds=self._feeds)
        fits = [name for least, name in self._briefing.HORIZONTAL_BREAKPOINTS if least <= self.size.width]
        return self._briefing.add_class(fits[-1])

    def on_mount(self) -> None:
        """End in order when the terminal goes away or the process is asked to end."""
        keys = keymap(self.settings.keymap, self.settings.keys)
        self.set_keymap({verb: ",".join(bound) for verb, bound in keys.items()})
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._ended, number)

    def _ended(self, number: int) -> None:
        self.exit(return_code=128 + number)

    def _fatal_error(self) -> None:
        """An error that nothing caught: one line on the terminal, the report in a file that only the user may read.

        Textual's own report prints every local variable, and with it whatever a feed has put there.
        """
        failure = sys.exception()
        report = self.library.path.with_name("crash.txt")
        told = f"briefing ended by an error of its own; nothing stored is lost. The report is in {report}"
        try:
            with open(os.open(report, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                traceback.print_exception(failure, file=file)
        except OSError as error:
            told = f"briefing ended by an error of its own ({type(failure).__name__}); no report: {error.strerror}"
        self.panic(Text(defuse(told)))

    def on_ready(self) -> None:
        """Nothing is drawn before the app is ready (Textual holds all back until then): what can wait follows the first paint."""
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        """The first screen stands: collect garbage again, but never what start-up made."""
        gc.enable()
        gc.freeze()
        self._briefing.follow_up()

    def action_cycle_theme(self) -> None:
        """The next theme."""
        names = [theme.name for theme in THEMES]
        at = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(at + 1) % len(names)]


def _theme_name(setting: str) -> str:
    """A theme by the name that the config gives it."""
    return {"auto": "briefing-dark", "dark": "briefing-dark", "light": "briefing-light", "terminal": "terminal"}.get(
        setting, setting
    )


def run(library: Library, settings: Settings, *, name: str = "briefing", feeds: Path | None = None) -> int:
    """Run the reader until it is quit; the exit code."""
    _forgive_odd_bytes()
    app = BriefingApp(library, settings, name=name, feeds=feeds)
    app.run(mouse=settings.mouse)
    return app.return_code or 0


def _forgive_odd_bytes() -> None:
    """Let the terminal driver read bytes that are no UTF-8 as U+FFFD: as Textual makes it, its decoder ends the app at the first."""
    from textual.drivers import linux_driver

    strict = codecs.getincrementaldecoder
    setattr(linux_driver, "getincrementaldecoder", lambda encoding: partial(strict(encoding), errors="replace"))  # noqa: B010
