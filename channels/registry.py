"""Finds every channel in this package. A new file needs no line here; a broken one fails loudly."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Mapping
from typing import Any, cast

from pydantic import BaseModel

import channels
from channels.port import Channel


def channel_classes() -> dict[str, type[Channel]]:
    """Every channel class by its name."""
    found: dict[str, type[Channel]] = {}
    for module in pkgutil.iter_modules(channels.__path__):
        if module.name in ("port", "registry"):
            continue
        loaded = importlib.import_module(f"channels.{module.name}")
        for _, candidate in inspect.getmembers(loaded, inspect.isclass):
            if candidate.__module__ == loaded.__name__ and hasattr(candidate, "capabilities"):
                channel = cast("type[Channel]", candidate)
                found[channel.name] = channel
    return found


def channels_on(settings: Mapping[str, Mapping[str, Any]]) -> dict[str, Channel]:
    """The channels whose settings are there; a channel without settings of its own is always on."""
    switched_on: dict[str, Channel] = {}
    for name, kind in channel_classes().items():
        settings_class: type[BaseModel] | None = getattr(kind, "Settings", None)
        if settings_class is None:
            switched_on[name] = kind()
        elif settings.get(name):
            switched_on[name] = kind(settings_class.model_validate(settings[name]))  # type: ignore[call-arg]
    return switched_on
