"""Our reading of feeds that others collected, beside feedparser's: `python -m benchmarks.corpora FOLDER...`, run by hand.

Every file of the folders that is called like a feed is read as an answer of a server would be. Nothing may raise; what we refuse although
feedparser finds entries in it is named, and so are entries, dates, links and authors that differ. Every document that can be cut is also
read in part, as when half of it was seen before: what comes out must be the same entries. For gofeed's corpus the golden file beside a
feed gives number, titles and links of its entries.
"""

from __future__ import annotations

import argparse
import calendar
import io
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import feedparser

from reader.ingest import charset, document, feed, slices
from reader.ingest.entries import Document
from reader.model import Entry

NAMES = {".xml", ".rss", ".atom", ".rdf", ".json", ".feed"}
NOW = 1_790_000_000
BASE = "https://corpus.example/feed"
SHOWN = 12
"""Files that are named for each difference."""


class Differences:
    """How many files differ in what, and the first of them."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.files: dict[str, list[str]] = defaultdict(list)

    def note(self, what: str, file: Path, detail: str = "") -> None:
        """One more."""
        self.count[what] += 1
        if len(self.files[what]) < SHOWN:
            self.files[what].append(f"{file} {detail}".rstrip())


def ours(data: bytes, recorded: bytes = b"") -> Document:
    """A document as a fetch reads it. Raises RefusedError."""
    return feed.parse(document.sniff(charset.to_utf8(document.unzip(data))), base=BASE, now=NOW, recorded=recorded)


def compare(file: Path, found: Differences) -> None:
    """One file, read by both."""
    data = file.read_bytes()
    theirs = feedparser.parse(io.BytesIO(data), response_headers={"content-location": BASE}, sanitize_html=False)
    found.count["files"] += 1
    try:
        read = ours(data)
    except document.RefusedError as refusal:
        found.count["refused"] += 1
        if any(
            one.get("title") or one.get("link") or one.get("summary") or one.get("content") for one in theirs.entries
        ):
            found.note("refused, but feedparser has entries", file, str(refusal))
        return
    except Exception as error:  # noqa: BLE001 - that nothing raises is what is measured
        found.note("RAISED", file, repr(error))
        return
    found.count["read"] += 1
    found.count["entries"] += len(read.entries)
    if read.total != len(theirs.entries) and file.suffix != ".json":
        found.note("another number of entries", file, f"{read.total} and {len(theirs.entries)}")
    else:
        _entries(file, read.entries, theirs.entries, found)
    _in_part(file, data, read, found)
    _golden(file, read, found)


def _entries(file: Path, entries: Sequence[Entry], theirs: Sequence[Any], found: Differences) -> None:
    for entry in entries:
        if entry.position >= len(theirs):
            continue
        other = theirs[entry.position]
        date = other.get("published_parsed") or other.get("updated_parsed")
        moment = calendar.timegm(date) if date else None
        told = other.get("published") or other.get("updated") or ""
        if moment is not None and entry.published is None and 788_918_400 <= moment <= NOW:
            found.note("a date that only feedparser reads", file, told)
        elif moment is not None and entry.published is not None and abs(moment - entry.published) > 1:
            found.note("another date", file, f"{told!r}: {entry.published} and {moment}")
        link = other.get("link") or ""
        if link.startswith("http") and not entry.url:
            found.note("a link that only feedparser has", file, link)
        if other.get("author") and not entry.author:
            found.note("an author that only feedparser has", file, other["author"])


def _in_part(file: Path, data: bytes, whole: Document, found: Differences) -> None:
    """Half of the document was seen before: the entries of the other half must be those of the whole."""
    if not whole.record:
        return
    pairs = [whole.record[at : at + 2 * slices.SIZE] for at in range(0, len(whole.record), 2 * slices.SIZE)]
    part = ours(data, b"".join(pairs[::2]))
    read = {entry.guid: entry for entry in part.entries}
    known = {entry.guid: entry for entry in whole.entries}
    found.count["read in part"] += 1
    if any(known.get(guid) != entry for guid, entry in read.items()):
        found.note("ANOTHER READING IN PART", file)
    missing = [guid for guid in known if guid not in read and slices.guid_hash(guid) not in part.present]
    if missing:
        found.note("LOST IN PART", file, missing[0])


def _golden(file: Path, read: Document, found: Differences) -> None:
    """gofeed's own reading, where it stands beside the feed."""
    beside = file.with_suffix(".json")
    if file.suffix != ".xml" or not beside.exists():
        return
    golden = json.loads(beside.read_text("utf-8"))
    items = golden.get("items", golden.get("entries")) if isinstance(golden, dict) else None
    if not isinstance(items, list):
        return
    found.count["golden"] += 1
    if len(items) != read.total:
        found.note("another number than the golden file", file, f"{read.total} and {len(items)}")


def files(folders: Sequence[Path]) -> Iterator[Path]:
    """What is called like a feed; not the golden files."""
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if (
                file.suffix in NAMES
                and file.is_file()
                and not (file.suffix == ".json" and file.with_suffix(".xml").exists())
            ):
                yield file


def main(words: Sequence[str] | None = None) -> int:
    """Compare all; exit code 1 where anything raised or a reading in part differs."""
    parser = argparse.ArgumentParser("python -m benchmarks.corpora", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    asked = parser.parse_args(words)
    found = Differences()
    for file in files(asked.folders):
        compare(file, found)
    for what, number in found.count.items():
        print(f"{number:6,} {what}")
        for line in found.files.get(what, ()):
            print(f"         {line}")
    return int(any(what.isupper() for what in found.count))


if __name__ == "__main__":
    sys.exit(main())
