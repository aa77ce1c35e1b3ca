"""Finds every channel in this package. A new file needs no line here; a broken one fails loudly.

Channels of one provider may share a package (``channels/twilio``) and, by ``family``, settings.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Mapping
from typing import Any, cast

from pydantic import BaseModel

import channels
from channels.port import Channel

_NO_CHANNELS = frozenset({"channels.port", "channels.optional_ports", "channels.registry"})


def channel_classes() -> dict[str, type[Channel]]:
    """Every channel class by its name."""
    found: dict[str, type[Channel]] = {}
    for module in pkgutil.walk_packages(channels.__path__, "channels."):
        if module.name in _NO_CHANNELS or module.name.startswith("channels.fakes"):
            continue
        loaded = importlib.import_module(module.name)
        for _, candidate in inspect.getmembers(loaded, inspect.isclass):
            if candidate.__module__ == loaded.__name__ and hasattr(candidate, "capabilities"):
                channel = cast("type[Channel]", candidate)
                found[channel.name] = channel
    return found


def channels_on(
    settings: Mapping[str, Mapping[str, Any]], public_base_url: str = ""
) -> dict[str, Channel]:
    """The channels whose settings are there; a channel without settings of its own is always on.

    A channel with a ``family`` takes what it does not set itself from the family's settings:
    ``TWILIO__ACCOUNT_SID`` serves SMS and WhatsApp, but ``SMS__SENDER`` switches SMS on. Our own
    public address need not be told to every provider again.

    Raises:
        pydantic.ValidationError: settings are incomplete or wrong; it names them.
    """
    switched_on: dict[str, Channel] = {}
    for name, kind in channel_classes().items():
        settings_class: type[BaseModel] | None = getattr(kind, "Settings", None)
        if settings_class is None:
            switched_on[name] = kind()
        elif settings.get(name):
            shared = settings.get(getattr(kind, "family", name), {})
            general = {"public_base_url": public_base_url} if public_base_url else {}
            known = {key: general[key] for key in general if key in settings_class.model_fields}
            own = settings_class.model_validate({**known, **shared, **settings[name]})
            switched_on[name] = kind(own)  # type: ignore[call-arg]
    return switched_on
