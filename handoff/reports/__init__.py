"""What the work looked like over a stretch of days, and what it looks like now."""
