"""Telegram: ``updates`` reads what comes in, ``bot`` is the channel (docs/channels/telegram.md).

The library of the Bot API is called ``telegram`` too; this package is ``channels.telegram``.
"""
