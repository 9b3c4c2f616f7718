"""What people wrote, read once, with true lines."""
