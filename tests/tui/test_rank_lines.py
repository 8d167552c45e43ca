"""Why a story stands where it stands, below its outlets on the screen."""

from __future__ import annotations

from reader.stories.rank import Term
from reader.tui import records


def lines_of(library, terms=(), width=80):
    story = library.story_of(library.story_listing("all").ids[0])
    return story, list(records.story_lines(story, width, terms))


def test_each_term_has_a_line_with_factor_name_and_why(library):
    terms = (Term("sources", 1.584962, "2 independent"), Term("age", 0.5, "36 h\nold"))
    story, lines = lines_of(library, terms)
    texts = ["".join(text for text, _ in line.parts) for line in lines]
    at = next(i for i, text in enumerate(texts) if "why it stands where it stands" in text)
    assert [text.split() for text in texts[at + 1 :]] == [
        ["1.58", "sources", "2", "independent"],
        ["0.50", "age", "36", "h", "old"],
    ]
    assert all(line.target == (story.headline_id, 0, 0) for line in lines[at + 1 :]), "the cursor reaches them"
    assert lines[at + 1].detail == (("sources", "2 independent"),)


def test_without_terms_there_is_no_heading(library):
    _, lines = lines_of(library)
    assert not any("why it stands" in text for line in lines for text, _ in line.parts)


def test_the_outlets_screen_ends_with_the_terms(drive, library):
    terms = library.rank_terms(library.story_listing("inbox").ids[0])

    async def session(d):
        await d.press("a")
        text = d.text()
        assert "why it stands where it stands" in text
        shown = [line for line in text.splitlines() if line.strip().startswith(f"{terms[1].factor:.2f}  content")]
        assert len(shown) == 1
        assert terms[1].why in shown[0]
        await d.press("G")
        assert "form" in d.text()

    drive(session)
