"""The app: themes, one screen, and a terminal that is given back as it was."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import App
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from reader.config import Settings
from reader.library import Library
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
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[type[Provider]]] = {VerbCommands}  # type: ignore[assignment]

    def __init__(self, library: Library, settings: Settings, *, name: str = "briefing", fetch: bool = False) -> None:
        super().__init__()
        self.library = library
        self.settings = settings
        self.animation_level = "none"
        self._product = name
        self._fetch = fetch
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = _theme_name(settings.theme)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables for themes that do not know them."""
        return OWN_VARIABLES

    def on_mount(self) -> None:
        """Show the briefing; end in order when the terminal goes away or the process is asked to end."""
        keys = keymap(self.settings.keymap, self.settings.keys)
        self.set_keymap({verb: ",".join(bound) for verb, bound in keys.items()})
        self.push_screen(BriefingScreen(self.library, self.settings, name=self._product, fetch=self._fetch))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._ended, number)

    def _ended(self, number: int) -> None:
        self.exit(return_code=128 + number)

    def on_ready(self) -> None:
        """The first screen stands: collect garbage again, but never what start-up made."""
        gc.enable()
        gc.freeze()

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


def run(library: Library, settings: Settings, *, name: str = "briefing", fetch: bool = False) -> int:
    """Run the reader until it is quit; the exit code."""
    app = BriefingApp(library, settings, name=name, fetch=fetch)
    app.run(mouse=settings.mouse)
    return app.return_code or 0
