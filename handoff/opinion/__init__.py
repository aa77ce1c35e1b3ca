"""The tenant's opinion of the help: asked once after closing, on the channel that was used."""
