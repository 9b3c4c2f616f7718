"""Works as the style prints them, and who cites them."""
