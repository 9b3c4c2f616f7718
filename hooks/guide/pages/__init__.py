"""What Markdown and templates make a page of."""
