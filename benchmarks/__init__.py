"""Measurements of the whole program: start, keys, memory, store and ingest, on stores that are made up from a seed."""
