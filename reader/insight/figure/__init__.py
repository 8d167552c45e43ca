"""Figures: numbers and amounts with what they measure, of what, and when."""
