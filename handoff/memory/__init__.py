"""Memory of a conversation: what a message means only because of what was said before it.

Pure code on word lists in ``data/``; it works without Rasa.
"""
