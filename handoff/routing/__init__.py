"""Who gets a conversation that waits, and the proof that nobody is left waiting by nobody.

``values``, ``score``, ``choose``, ``watching`` and ``blocks`` are pure; ``router``, ``attendance``,
``sweep``, ``waiting_room`` and ``on_call`` read and write the ledger.
"""
