"""Repair reports: taking them in, registering them, appointments and what became of them."""
