"""A link for one upload of photos, for channels that carry no files: offered, opened, used once."""
