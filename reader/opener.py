"""Opening a link in the user's browser: only http and https, never through a shell."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from urllib.parse import SplitResult, urlsplit


class LinkError(Exception):
    """A link that is not opened; the message is one line: why, and what can be done instead."""


def web_address(url: str) -> str:
    """`url` in the form that may be opened: it begins with http or https, has a host, and no blank or control character.

    Raises LinkError for anything else, whatever it would do.
    """
    text = url.strip()
    if not text:
        raise LinkError("this article has no address")
    if any(ord(c) <= 32 or 0x7F <= ord(c) <= 0x9F or c in "\u2028\u2029\\" for c in text):
        raise LinkError("not opened: the address holds characters that no web address has")
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise LinkError(f"not opened: {error}") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise LinkError(f"not opened: a link of kind {parts.scheme[:20] or 'none'!r}; only http and https are")
    if not parts.hostname:
        raise LinkError("not opened: the address has no host")
    return _serialised(parts)


def _serialised(parts: SplitResult) -> str:
    """The address anew, the host in its ASCII form."""
    host = parts.hostname or ""
    try:
        ascii_host = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError as error:
        raise LinkError("not opened: the host is not a valid name") from error
    host_part = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    login = f"{parts.username}{':' + parts.password if parts.password else ''}@" if parts.username else ""
    port = f":{parts.port}" if parts.port else ""
    return parts._replace(scheme=parts.scheme.lower(), netloc=f"{login}{host_part}{port}").geturl()


def host_of(url: str) -> str:
    """The host of an address as it is looked up, for showing; empty where there is none."""
    try:
        return urlsplit(web_address(url)).hostname or ""
    except LinkError:
        return ""


def browser_command(own: Sequence[str] = (), environ: Mapping[str, str] = os.environ) -> list[str]:
    """The program that opens links, as words: the config's, else $BROWSER's, else the platform's; empty where there is none.

    Raises LinkError for a $BROWSER that cannot be read.
    """
    if own:
        return list(own)
    for candidate in environ.get("BROWSER", "").split(os.pathsep):
        if candidate.strip():
            try:
                return shlex.split(candidate)
            except ValueError as error:
                raise LinkError(f"$BROWSER cannot be read ({error}): {candidate}") from error
    if sys.platform == "darwin":
        return ["open"]
    graphical = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    return ["xdg-open"] if graphical and shutil.which("xdg-open") else []


def open_link(url: str, own: Sequence[str] = (), environ: Mapping[str, str] = os.environ) -> str:
    """Open `url` with the browser and return the address as opened. Raises LinkError where it may not or cannot be."""
    address = web_address(url)
    command = browser_command(own, environ)
    if not command:
        raise LinkError(f"no browser here; the address is {address}")
    words = (
        [word.replace("%s", address) for word in command]
        if any("%s" in word for word in command)
        else [*command, address]
    )
    nowhere = subprocess.DEVNULL
    try:
        browser = subprocess.Popen(words, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
    except OSError as error:
        raise LinkError(f"{command[0]} cannot be started ({error.strerror}); the address is {address}") from error
    threading.Thread(target=browser.wait, daemon=True).start()  # so that no dead process is left behind
    return address
