"""Invented tenants with all that a corporation keeps of them, in SQL."""
