"""The phone: one call is one conversation, spoken turn by turn from the log."""
