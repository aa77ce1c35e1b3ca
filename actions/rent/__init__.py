"""Answers about the tenant's own rent, from the back office."""
