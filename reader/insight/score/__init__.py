"""Benchmark scores and rankings, in prose and in tables."""
