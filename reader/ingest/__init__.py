"""The outside world to articles: fetch, parse, clean, store."""
