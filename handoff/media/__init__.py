"""Photos, voice notes and files of tenants: recognised, made harmless, kept under our own names."""
