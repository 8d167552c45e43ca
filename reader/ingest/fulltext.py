"""What a fetched page is worth: whether it holds the article, and when it is asked for again. Pure: no network, no parser, no store."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources

from reader.ingest import urls
from reader.ingest.identity import words
from reader.ingest.language import language_of
from reader.model import Feed, PageState, PageText, Text

LEAST = 250
"""Characters of a text that can be an article (rule 65)."""

STUB = 1500
"""Characters below which a text beside a wall is what the wall leaves in sight, and one with the words of a check is the check."""

END = 400
"""Last characters of a text, in which a wall's words mean that the rest is behind it."""

DENSE = 250
"""A text with a phrase of consent in each so many characters is about nothing else."""

ALIEN, DOUBTFUL = 0.2, 0.5
"""Share of the words of headline and summary in a text, below which it is another text; below which it may be one."""

TELLING = 5
"""Words of headline and summary from which on their absence tells something."""

MINUTE, HOUR, DAY = 60, 3600, 86400

RETRIES: Mapping[str, tuple[int, ...]] = {
    "network": (15 * MINUTE, HOUR, 4 * HOUR, DAY),
    "server": (15 * MINUTE, HOUR, 4 * HOUR, DAY),
    "busy": (HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, DAY, DAY),
    "missing": (DAY,),
    "blocked": (DAY,),
    "challenge": (DAY,),
    "consent": (DAY,),
    "alien": (DAY,),
    "robots": (7 * DAY, 7 * DAY),
}
"""Seconds to the next try after the first, second … failure of a kind in a row; what is not listed is final.

What passes by itself is tried again: a connection, a fault or a pause of the server, a page that is announced before it is there.
What the publisher has decided is not: a wall, another host, a closed page (410), a page that cannot be read.
"""

_WORD = re.compile(r"\w+")
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_QUOTES = str.maketrans("’‘‛“”„", "'''\"\"\"")


@dataclass(frozen=True, slots=True)
class Known:
    """What the feed says of an article: headline, text, address."""

    title: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Read:
    """What the child made of a page: texts by the name of what found them, the likeliest first, and what the page says of itself.

    `url` is where the page was found, `seen` the beginning of all it shows, `free` what it declares (null: nothing).
    """

    url: str
    texts: Sequence[tuple[str, Text]] = ()
    seen: str = ""
    free: bool | None = None
    author: str = ""
    published: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`kind`: full | short | paywall | consent | challenge | alien | elsewhere | repeated, or that of a Failure; `page` only with full.

    `until` is the second before which the host wants to be left alone.
    """

    kind: str
    reason: str = ""
    page: PageText | None = None
    extractor: str = ""
    until: int = 0


def judge(known: Known, read: Read) -> Verdict:
    """Whether a page holds the article that the feed announces, and which of its texts it is (R-HTML-3, rules 65-67)."""
    if not is_same_site(known.url, read.url):
        return Verdict("elsewhere", f"leads to another site ({urls.host_of(read.url)})")
    if read.free is False:
        return Verdict("paywall", "for subscribers")
    verdicts = [_judged(known, read, name, text) for name, text in read.texts]
    accepted = next((verdict for verdict in verdicts if verdict.kind == "full"), None)
    if accepted or verdicts:
        return accepted or verdicts[0]
    return (
        _wall(read.seen[:STUB], "paywall", "paywall~")
        or _check(read.seen)
        or Verdict("short", "no article found in it")
    )


def _judged(known: Known, read: Read, extractor: str, text: Text) -> Verdict:
    """One of the texts of a page."""
    text = without_title(text, known.title)
    body = text.text
    share = overlap(known, body)
    if walled := _walled(body, share):
        return walled
    if len(body) < STUB and (walled := _wall(read.seen, "paywall")):
        return walled
    if len(body) < LEAST or len(body) <= len(known.text):
        return _check(read.seen) or Verdict("short", "the page has no more than the feed")
    if share is not None and share < ALIEN:
        return Verdict("alien", "the page holds another text")
    language = language_of(body, read.language)
    return Verdict("full", "", PageText(text, read.author, read.published, language), extractor)


def without_title(text: Text, title: str) -> Text:
    """A text without the headline at its beginning, which stands above it anyway."""
    if len(text.blocks) < 2 or words(text.text[text.blocks[0].start : text.blocks[0].end]) != words(title):
        return text
    cut = text.blocks[1].start
    blocks = tuple(replace(block, start=block.start - cut, end=block.end - cut) for block in text.blocks[1:])
    links = tuple(replace(link, start=link.start - cut, end=link.end - cut) for link in text.links if link.start >= cut)
    return Text(text.text[cut:], blocks, links)


def _walled(body: str, share: float | None) -> Verdict | None:
    """What stands before an article in its stead; null for what may be one."""
    doubtful = share is None or share < DOUBTFUL
    spoken, consents = phrases(body, "consent"), phrases(body, "consent", "consent~")
    if len(consents) > 1 and (doubtful or (spoken and len(consents) > 2 and len(consents) * DENSE > len(body))):
        return Verdict("consent", "the site shows its consent form instead")
    if len(body) < STUB and doubtful and (check := _check(body)):
        return check
    if wall := _wall(body[-END:], "paywall"):
        return wall
    return _wall(body, "paywall", "paywall~") if len(body) < STUB else None


def _wall(text: str, *kinds: str) -> Verdict | None:
    return Verdict("paywall", "for subscribers") if phrases(text, *kinds) else None


def _check(text: str) -> Verdict | None:
    """A page that wants to know who asks, and shows little else."""
    if len(text) < 2 * STUB and phrases(text, "challenge"):
        return Verdict("challenge", "the site shows a check for robots instead")
    return None


def phrases(text: str, *kinds: str) -> set[str]:
    """The phrases of some kinds (see wall_phrases.tsv) that stand in a text."""
    plain = " ".join(text.lower().translate(_QUOTES).split())
    return {phrase for kind in kinds for phrase in _phrases()[kind] if phrase in plain}


@functools.cache
def _phrases() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in resources.files("reader.ingest").joinpath("wall_phrases.tsv").read_text("utf-8").splitlines():
        kind, _, phrase = line.partition("\t")
        if phrase and not line.startswith("#"):
            found.setdefault(kind, []).append(phrase)
    return found


def overlap(known: Known, text: str) -> float | None:
    """Share of the longer words of headline and summary that stand in a text; null where these are too few to tell."""
    told = _telling(f"{known.title} {known.text[:STUB]}")
    if len(told) < TELLING:
        return None
    return len(told & _telling(text)) / len(told)


def _telling(text: str) -> set[str]:
    """Words of four letters or more by their first six, so that endings do not count; of what is written without blanks, its pairs."""
    found = set()
    for word in _WORD.findall(text.casefold()):
        if _DENSE.search(word):
            found |= {word[at : at + 2] for at in range(len(word) - 1)}
        elif len(word) > 3:
            found.add(word[:6])
    return found


def is_same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one host, whatever its `www.`, or of one below the other."""
    first, second = (urls.canonical(url).partition("/")[0].partition("?")[0] for url in (one, other))
    return bool(first and second) and (first == second or first.endswith(f".{second}") or second.endswith(f".{first}"))


def text_hash(text: Text) -> str:
    """A key under which two pages that give the same text are equal, whatever headings it begins with."""
    start = next((block.start for block in text.blocks if block.kind != "heading"), 0)
    return hashlib.blake2b(
        " ".join(text.text[start:].split()).encode("utf-8", "surrogatepass"), digest_size=12
    ).hexdigest()


# ---- when a page is asked for


def is_allowed(feed: Feed | None) -> bool:
    """Whether pages of a feed may be asked for at all: not of one that is gone from the configuration or says `never`."""
    return feed is not None and feed.full_text != "never"


def is_automatic(feed: Feed | None) -> bool:
    """Whether opening an article of a feed asks for its page: one that has no full texts by itself, or is to be asked always."""
    return feed is not None and (feed.full_text == "always" or (feed.full_text == "auto" and feed.text != "full"))


def after(page: PageState, verdict: Verdict, *, now: int, random: Callable[[], float] = lambda: 0.0) -> PageState:
    """The state of a page after an answer. Each kind of failure has its own number of tries (RETRIES), spread by a tenth.

    A page that once gave its text stays `full`, whatever a later try brings.
    """
    if verdict.kind == "full":
        return PageState(
            "full", asked=now, extractor=verdict.extractor, url=page.url, host=page.host, text_hash=page.text_hash
        )
    tries = page.tries + 1 if verdict.kind == page.kind else 1
    delays = RETRIES.get(verdict.kind, ())
    due = now + int(delays[tries - 1] * (1 + random() / 10)) if tries <= len(delays) else None
    if due is not None:
        due = max(due, verdict.until)
    state = {"short": "summary", "paywall": "paywalled"}.get(verdict.kind, "failed")
    return replace(
        page, state="full" if page.state == "full" else state, kind=verdict.kind, reason=verdict.reason, asked=now, tries=tries, due=due,
        stale=False if due is None else page.stale,
    )  # fmt: skip
