import pytest

from reader.stories.forms import form


@pytest.mark.parametrize(
    ("title", "url", "kind"),
    [
        ("Corvid unveils Heron 3, its first closed model", "https://wire.example/heron", "report"),
        ("Pilots and engineers sign open letter", "", "report"),
        ("Officer sacked after remarks on a podcast", "", "report"),
        ("Corvid cuts jobs in Oslo; shares fall", "", "report"),
        ("How Corvid fell behind in the model race", "", "report"),
        ("Chip maker says stock split is planned", "", "report"),
        ("The Long View: Why chips keep getting dearer (Podcast)", "", "podcast"),
        ("Listen: a talk with Ida Ekholm", "", "podcast"),
        ("Chips, rates and robots | Desk Tech 6/13", "", "podcast"),
        ("A talk with Ida Ekholm", "https://wire.example/podcasts/12", "podcast"),
        ("Week in AI: Heron 3 closes, a fine for Tern, and more", "", "roundup"),
        ("Morning Briefing: chips, rates, robots", "", "roundup"),
        ("Stocks making the biggest moves premarket: Voltaic, Corvid", "", "roundup"),
        ("Five things to know this Friday", "", "roundup"),
        ("Chips rally on results; Tern is fined in Italy; Corvid closes models", "", "roundup"),
        ("Chips rally", "https://wire.example/newsletters/2026-04-08/chips", "roundup"),
        ("Is Voltaic stock a buy after earnings?", "", "advice"),
        ("3 AI stocks to buy and hold forever", "", "advice"),
        ("How to get paid more in IT", "", "advice"),
        ("Opinion: open models were never free", "", "opinion"),
        ("Open models were never free", "https://wire.example/opinion/2026/open", "opinion"),
        ("Introducing our new model", "https://openai.com/index/new", "vendor"),
        ("Radar Pro launches", "https://www.globenewswire.com/news-release/2026/x", "vendor"),
    ],
)
def test_form(title, url, kind):
    assert form(title, url) == kind


def test_a_hostile_headline_is_read_in_no_time():
    assert form("; " * 100_000 + "is " * 100_000, "/" * 100_000) in ("report", "roundup")
