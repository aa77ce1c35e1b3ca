"""``/f/...``: a provider fetches a file of staff here, and a tenant opens one from a text."""
