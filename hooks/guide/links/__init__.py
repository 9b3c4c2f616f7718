"""What leads where, and what ever did."""
