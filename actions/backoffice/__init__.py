"""What the corporation's own systems know and do, in VERA's words (docs/glossary.md)."""
