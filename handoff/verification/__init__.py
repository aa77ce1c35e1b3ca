"""Identity in steps, with its limits: only here is proved who writes (docs/identity.md)."""
