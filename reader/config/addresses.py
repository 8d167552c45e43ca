"""Addresses of feeds: their hosts, which of them are equal, and which are on the user's own network."""

from __future__ import annotations

import re
from typing import Any


def host_of(url: str) -> str:
    """Return the host of an http(s) address in small letters; empty where there is none."""
    from urllib.parse import urlsplit

    return urlsplit(url).hostname or ""


def address_key(url: str) -> str:
    """Return what makes two spellings of one address equal: scheme and host in small letters, no fragment, no default port.

    What is no address is its own key.
    """
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        number = parts.port
    except ValueError:
        return url
    standard = {"http": 80, "https": 443}.get(parts.scheme)
    port = f":{number}" if number not in (None, standard) else ""
    user = parts.netloc.rpartition("@")[0]
    return f"{parts.scheme}://{user + '@' if user else ''}{parts.hostname}{port}{parts.path or '/'}?{parts.query}"


def is_local_host(host: str) -> bool:
    """Tell whether a host names this machine or a private network by itself, without a look-up.

    All spellings of an address that the system's resolver takes count (`127.1`, `0x7f000001`). A public name may still resolve to
    a private address: whoever connects checks that.
    """
    if host in ("", "localhost") or host.endswith((".localhost", ".local", ".internal")):
        return True
    address = _literal_address(host)
    return address is not None and not address.is_global


def _literal_address(host: str) -> Any:
    import ipaddress
    import socket

    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        if not re.fullmatch(r"[0-9a-fx.]+", host):
            return None
    else:
        return getattr(literal, "ipv4_mapped", None) or literal
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None
