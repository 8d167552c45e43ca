"""Addresses: which may be kept, what they look like for comparison, which reach inside. Pure."""

from __future__ import annotations

import functools
import ipaddress
import re
from importlib import resources
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urljoin, urlsplit

MAX_URL = 4096
"""Characters of an address; a longer one is no address (R-XML-3)."""

_PORTS = {"http": 80, "https": 443}
_EDGE = "".join(map(chr, range(0x21)))
_UNFIT = re.compile(r'[^\x21-\x7e]|[<>"`{}|\\^]')
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_PLAIN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/[A-Za-z0-9._~/?&=%+,;:@!$'()*#-]*")
_SCHEME = re.compile("([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_TRIPLET = re.compile("%[0-9a-fA-F]{2}")
_HOST = re.compile(r"[^\s/?#@\[\]%:]+|\[[0-9a-fA-F:.]+\]")
_ALIAS = re.compile(r"^(?:(?:www\d?|m|mobile|amp)\.)+(?=[^.]+\.)")
_AMP_PATH = re.compile(r"(?:/amp|\.amp)(?:\.html)?/?$|^/amp(?=/)", re.IGNORECASE)
_AMP_CACHE = re.compile(r"^/amp/(s/)?(?=[^/]+\.)")
_SHARED = ("blogspot.com", "github.io", "medium.com", "reddit.com", "substack.com", "tumblr.com", "wordpress.com")
"""Hosts whose subdomains are served by one machine park, with one limit for all."""


def absolute(link: str, base: str = "") -> str:
    """`link` as an absolute http or https address, resolved against `base`; empty when it is none that may be kept.

    What is not ASCII or has no place in a path is percent-encoded; a control character or an impossible host makes it empty;
    userinfo is dropped and the host is in punycode, so that what is shown is where it leads.
    """
    if _PLAIN.fullmatch(link) and len(link) <= MAX_URL:
        return link
    link = link.strip(_EDGE)
    if not link or len(link) > MAX_URL:
        return ""
    try:
        parts = urlsplit(urljoin(base, link) if base else link)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in _PORTS or not parts.hostname or _CONTROL.search(link):
        return ""
    host = parts.netloc.rpartition("@")[2]
    name = host.removesuffix(f":{port}") if port is not None else host.removesuffix(":")
    if not name.isascii():
        name = _ascii_host(name)
    if _UNFIT.search(name) or not _HOST.fullmatch(name):
        return ""
    return _joined(parts.scheme, name if port is None else f"{name}:{port}", parts)


def _joined(scheme: str, host: str, parts: SplitResult) -> str:
    """The address with everything unfit percent-encoded."""
    url = f"{scheme}://{host}{parts.path or '/'}"
    url += f"?{parts.query}" if parts.query else ""
    url += f"#{parts.fragment}" if parts.fragment else ""
    url = _UNFIT.sub(lambda found: quote(found[0].encode("utf-8", "replace"), safe=""), url)
    return url if len(url) <= MAX_URL else ""


def canonical(url: str, *, own_hosts: frozenset[str] = frozenset()) -> str:
    """A key under which two addresses of one page are equal; for comparison only, never to be opened. Empty for no address.

    Scheme, `www.`, `m.`, `amp.` and default port go, so do fragments (except `#!`), trackers, AMP forms and a trailing slash; known
    redirectors are unwrapped. The order of the query stays. `ref` goes when its value is one of `own_hosts`.
    `canonical(canonical(x)) == canonical(x)` when read as `https://` + key.
    """
    parts = _split(url)
    for _ in range(4):
        inner = _unwrapped(parts) if parts else None
        if inner is None:
            break
        parts = inner
    if parts is None or not parts.hostname:
        return ""
    host = _ALIAS.sub("", _ascii_host(parts.hostname))
    port = parts.port
    if port and port != _PORTS.get(parts.scheme):
        host += f":{port}"
    path = _path(parts.path)
    query = _query(parts.query, host, own_hosts)
    fragment = f"#{parts.fragment}" if parts.fragment.startswith("!") else ""
    return f"{host}{path}{query}{fragment}"


def port(parts: SplitResult) -> int | None:
    """The port that an address leads to: its own, else that of its scheme; None for a scheme without one."""
    return parts.port or _PORTS.get(parts.scheme)


def _split(url: str) -> SplitResult | None:
    address = absolute(url if _SCHEME.match(url) else f"https://{url}") if url else ""
    return urlsplit(address) if address else None


def _unwrapped(parts: SplitResult) -> SplitResult | None:
    """The address inside a redirector's or an AMP cache's address; null for any other."""
    host = _ALIAS.sub("", (parts.hostname or "").lower())
    if host.startswith("google.") and (amp := _AMP_CACHE.match(parts.path)):
        return _split(f"http{'s' if amp[1] else ''}://{parts.path[amp.end() :]}")
    if host.endswith(".cdn.ampproject.org") and (found := re.match(r"/[cvr]/(s/)?(?=[^/]+\.)", parts.path)):
        return _split(f"http{'s' if found[1] else ''}://{parts.path[found.end() :]}")
    name = _REDIRECTORS.get((host, parts.path)) or _REDIRECTORS.get((host, "*"))
    if name:
        inner = dict(parse_qsl(parts.query)).get(name, "")
        return _split(inner) if inner.startswith(("http://", "https://")) else None
    return None


_REDIRECTORS = {
    ("google.com", "/url"): "url",
    ("l.facebook.com", "/l.php"): "u",
    ("lm.facebook.com", "/l.php"): "u",
    ("out.reddit.com", "*"): "url",
    ("t.umblr.com", "/redirect"): "z",
    ("youtube.com", "/redirect"): "q",
}
"""(host, path) -> the parameter that holds the address a share or click service leads to."""


def _ascii_host(host: str) -> str:
    """Lower-case punycode without the trailing dot; as it is where it cannot be encoded."""
    host = host.lower().rstrip(".")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _path(path: str) -> str:
    """Triplets of plain characters decoded and the rest in upper case, AMP forms and trailing slashes gone."""
    path = _TRIPLET.sub(_plain, path)
    while (shorter := _AMP_PATH.sub("", path).rstrip("/")) != path:
        path = shorter
    return path or ""


def _plain(found: re.Match[str]) -> str:
    character = unquote(found[0], "latin-1")
    return character if character.isascii() and (character.isalnum() or character in "-._~") else found[0].upper()


def _query(query: str, host: str, own_hosts: frozenset[str]) -> str:
    """The query without trackers, its order kept."""
    kept = [pair for pair in query.split("&") if pair and not _tracks(pair, host, own_hosts)]
    return "?" + "&".join(_TRIPLET.sub(_plain, pair) for pair in kept) if kept else ""


def _tracks(pair: str, host: str, own_hosts: frozenset[str]) -> bool:
    name, _, value = pair.partition("=")
    name = unquote(name).lower()
    if (name, value.lower()) in {("amp", "1"), ("amp", ""), ("amp", "true"), ("outputtype", "amp")}:
        return True
    if name == "ref":
        return _ALIAS.sub("", unquote(value).lower()) in own_hosts
    exact, prefixes, sited = _trackers()
    if name in exact or name.startswith(prefixes):
        return True
    return any((host == site or host.endswith("." + site)) and _is(name, rule) for site, rule in sited)


def _is(name: str, rule: str) -> bool:
    return name.startswith(rule[:-1]) if rule.endswith("*") else name == rule


@functools.cache
def _trackers() -> tuple[frozenset[str], tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Exact names, prefixes, and (host, rule) pairs of trackers.txt."""
    text = resources.files("reader.ingest").joinpath("trackers.txt").read_text("utf-8")
    rules = [line for line in text.splitlines() if line and not line.startswith("#")]
    general = [rule for rule in rules if " " not in rule]
    sited = [rule.removeprefix("*.").split(" ") for rule in rules if " " in rule]
    return (
        frozenset(rule for rule in general if not rule.endswith("*")),
        tuple(rule[:-1] for rule in general if rule.endswith("*")),
        tuple((site, rule) for site, rule in sited),
    )


def host_of(url: str) -> str:
    """Lower-case host without `www.`; empty for no address."""
    try:
        return _ALIAS.sub("", (urlsplit(url).hostname or "").lower().rstrip("."))
    except ValueError:
        return ""


def scope(url: str) -> str:
    """What shares one limit with `url`: its host, a park of shared hosts, or the whole address for a local one."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower().rstrip(".")
    except ValueError:
        return url
    if host == "localhost" or host.endswith((".localhost", ".local")) or _is_private_literal(host):
        return url
    for park in _SHARED:
        if host == park or host.endswith("." + park):
            return park
    return host


def _is_private_literal(host: str) -> bool:
    try:
        return not is_public(host)
    except ValueError:
        return False


_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open network; mapped, NAT64, 6to4 and Teredo forms count as what they carry.

    Raises ValueError for what is no IP address.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if any(ip in net for net in _NAT64):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast
