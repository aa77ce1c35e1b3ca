"""Phones to try every channel with, on fake providers of our own; only in the demo."""
