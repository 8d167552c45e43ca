"""The same input gives the same output in another process, whatever the seed of Python's string hashes."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
from reader.stories import Clusterer, group
from reader.stories.align import align
from reader.stories.model import item_from
from reader.stories.novelty import Seen, novelty
from story_gold import stories

gold = stories()
rows = sorted((row for story in gold for row in story.articles), key=lambda row: (row["published"], row["id"]))
clusterer = Clusterer()
print([clusterer.place(item_from(row)) for row in rows], clusterer.dump(), group(rows), group(rows, settle=True))
for story in gold:
    print(novelty(story.sources, Seen()))
    for row in align(story.sources):
        print(row.key, row.status, row.note, row.standing, [(c.source.article, c.start, c.report, sorted(c.objects)) for c in row.claims])
"""


def test_two_processes_say_the_same():
    said = []
    for seed in ("1", "2"):
        paths = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths},
            capture_output=True,
            check=True,
            timeout=60,
        )
        said.append(run.stdout)
    assert len(said[0]) > 10_000
    assert said[0] == said[1]
