"""Providers on loopback, for tests and the demo: they speak as the real ones, and send nothing."""
