"""The guide as plain Python: read once, check, derive. Nothing here imports MkDocs."""
