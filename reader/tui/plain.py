"""Our own signs and bars as ASCII, for terminals and fonts that do not have them (`ascii = true` in the config)."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

_PLAIN = str.maketrans(
    {
        "●": "*", "○": "o", "✓": "x", "★": "S", "›": ">", "≠": "!", "↻": "^", "±": "~", "▲": "+", "▼": "-", "…": ".", "·": "-",
        "│": "|", "─": "-", "▌": ">", "▎": "|", "•": "-", "→": ">", "█": "#", "▏": " ", "▍": " ", "▋": "#", "▊": "#", "▉": "#",
        "▁": ".", "▂": ".", "▃": ":", "▄": ":", "▅": "+", "▆": "+", "▇": "#", "×": "x",
    }
)  # fmt: skip


def plain(text: str) -> str:
    """Our own signs and bars as ASCII, one cell for one cell; what an article says stays."""
    return text.translate(_PLAIN)


def is_plain(widget: Widget) -> bool:
    """Whether the user asked for ASCII signs."""
    settings = getattr(widget.app, "settings", None)
    return bool(settings is not None and settings.ascii)


def plain_strip(strip: Strip) -> Strip:
    """A strip with `plain` signs."""
    return Strip([Segment(plain(text), style, control) for text, style, control in strip], strip.cell_length)
