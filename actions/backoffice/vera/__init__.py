"""VERA's OpenAPI 4.x over REST: what is asked of which path stands in docs/back-office.md."""
