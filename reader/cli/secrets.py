"""Addresses that hold a password or a token, and what of them may be shown."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

HIDDEN = "***"

_SECRET = re.compile(r"([^&=]*(?:token|key|secret|pass|pwd|auth|sig|session|credential)[^&=]*)=[^&]+", re.IGNORECASE)
"""A pair of a query string whose name says that the value is not for others."""


def shown(url: str) -> str:
    """`url` as lists, messages and shared files may hold it: user and password gone, the values of secrets as `***`."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return HIDDEN
    query = _SECRET.sub(rf"\1={HIDDEN}", parts.query)
    return (
        parts._replace(netloc=parts.netloc.rpartition("@")[2], query=query).geturl()
        if query != parts.query or "@" in parts.netloc
        else url
    )


def is_secret(url: str) -> bool:
    """Whether `shown` leaves something of `url` out."""
    return shown(url) != url
