"""The files of messages at Telegram. They cannot be deleted there by a bot.

Their address holds the bot's token: it is asked by us and told to nobody.
"""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from telegram import Bot, File
from telegram.error import BadRequest

from channels.fetching import SECONDS, Bounds, fetch
from channels.media import FetchedFile, MediaGone, MediaRefusal, MediaRefused, MediaUncertain
from channels.port import MediaRef
from channels.telegram.client import RAISED
from channels.telegram.settings import TelegramSettings

_TOO_BIG = "too big"


async def fetch_file(
    bot: Bot, settings: TelegramSettings, ref: MediaRef, limit: int
) -> FetchedFile:
    """Ask where the file lies, and get it. Raises as ``CarriesMedia`` says."""
    found = await _found(bot, ref.ref)
    if (found.file_size or 0) > limit:
        raise MediaRefused(MediaRefusal.TOO_LARGE)
    address = found.file_path or ""
    base = settings.base_url.rstrip("/")
    folder = f"{base}/file/bot{settings.token.get_secret_value()}/"
    if not address.startswith(folder) or ".." in urlsplit(address).path.split("/"):
        raise MediaRefused(MediaRefusal.FOREIGN_ADDRESS)
    fetched = await fetch(address, Bounds(limit))
    # Telegram serves everything as octet-stream; what the message said is nearer.
    return FetchedFile(fetched.body, ref.content_type)


async def _found(bot: Bot, file_id: str) -> File:
    try:
        async with asyncio.timeout(SECONDS):
            return await bot.get_file(file_id)
    except BadRequest as refused:
        if _TOO_BIG in refused.message:
            raise MediaRefused(MediaRefusal.TOO_LARGE) from None
        raise MediaGone from None
    except RAISED as failure:
        raise MediaUncertain(type(failure).__name__) from None
