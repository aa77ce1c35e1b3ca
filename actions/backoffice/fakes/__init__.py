"""Back offices for tests and for trying things out."""
