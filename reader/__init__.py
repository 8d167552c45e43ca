"""briefing: a terminal reader for AI-industry news."""

__version__ = "0.1.0"
