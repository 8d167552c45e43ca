"""feeds.toml and config.toml as typed, frozen values, with errors that name file, line and remedy; and edits of feeds.toml.

Importing this package and reading a small config.toml takes a few milliseconds: whatever is slower (platformdirs, tomlkit, difflib)
is imported where it is needed, and what only feeds.toml needs with the first of its names that is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reader.config.errors import ConfigError as ConfigError
from reader.config.keys import KEPT_VERBS as KEPT_VERBS
from reader.config.paths import Paths as Paths
from reader.config.paths import find_paths as find_paths
from reader.config.settings import KEEP_KEYS as KEEP_KEYS
from reader.config.settings import KEYMAPS as KEYMAPS
from reader.config.settings import RANK as RANK
from reader.config.settings import SETTINGS_KEYS as SETTINGS_KEYS
from reader.config.settings import Keep as Keep
from reader.config.settings import Settings as Settings
from reader.config.settings import load_settings as load_settings
from reader.config.settings import settings_error as settings_error

if TYPE_CHECKING:
    from reader.config.addresses import address_key as address_key
    from reader.config.addresses import host_of as host_of
    from reader.config.addresses import is_local_host as is_local_host
    from reader.config.edit import add_feeds as add_feeds
    from reader.config.edit import drop_fallback as drop_fallback
    from reader.config.edit import move_back as move_back
    from reader.config.edit import move_feed as move_feed
    from reader.config.edit import remove_feed as remove_feed
    from reader.config.edit import set_enabled as set_enabled
    from reader.config.edit import take_fallback as take_fallback
    from reader.config.edit import write_file as write_file
    from reader.config.feeds import BUNDLED_FEEDS as BUNDLED_FEEDS
    from reader.config.feeds import FEED_KEYS as FEED_KEYS
    from reader.config.feeds import GROUPS as GROUPS
    from reader.config.feeds import KINDS as KINDS
    from reader.config.feeds import TEXTS as TEXTS
    from reader.config.feeds import Config as Config
    from reader.config.feeds import bundled_feeds as bundled_feeds
    from reader.config.feeds import load as load
    from reader.config.feeds import load_feeds as load_feeds


def __getattr__(name: str) -> Any:
    """What reads and edits feeds.toml, loaded with the first name of it that is asked for: the first screen needs none."""
    if not name.startswith("_"):
        import reader.config.addresses as addresses
        import reader.config.edit as edit
        import reader.config.feeds as feeds

        for module in (addresses, feeds, edit):
            if name in vars(module):
                return getattr(module, name)
    raise AttributeError(f"module 'reader.config' has no attribute {name!r}")
