"""Slide cards and codes, drawn."""
