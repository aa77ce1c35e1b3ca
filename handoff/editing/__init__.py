"""What editors may change without a developer: shipped in files, changed in the database."""
