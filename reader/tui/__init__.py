"""The interactive reader."""
