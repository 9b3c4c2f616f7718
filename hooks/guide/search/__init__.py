"""The search index and the finder."""
