"""Runs the actions that Rasa asks for, inside our own process.

The classes are rasa-sdk's; its server is not needed. An action that fails says so with a status
that the gateway channel in Rasa turns into ``action_failed``.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import logging
import pkgutil
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import Action, ActionExecutionRejection, ActionNotFoundException

import actions
from actions.services import Served, Services

_BACK_OFFICE = f"{actions.__name__}.backoffice"
LIMIT_SECONDS = 6.0
"""Below Rasa's own patience, so that it is always us who give up."""

logger = logging.getLogger(__name__)

Result = tuple[int, dict[str, Any]]


def _modules() -> Iterator[ModuleType]:
    """All modules with actions: this package and its subjects, but not the back office.

    An import error is ours to hear at start.
    """
    for found in pkgutil.walk_packages(actions.__path__, f"{actions.__name__}."):
        if not found.name.startswith(_BACK_OFFICE):
            yield importlib.import_module(found.name)


def action_classes() -> list[type[Action]]:
    """Every concrete Action written in this package."""
    return [
        member
        for module in _modules()
        for _, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, Action)
        and member.__module__ == module.__name__
        and not inspect.isabstract(member)
    ]


class Executor:
    """All actions, by name."""

    def __init__(
        self,
        classes: list[type[Action]],
        services: Services,
        limit_seconds: float = LIMIT_SECONDS,
    ) -> None:
        self._executor = ActionExecutor()
        self._limit = limit_seconds
        for each in classes:
            made = each(services) if issubclass(each, Served) else each()
            self._executor.register_action(made)

    @property
    def names(self) -> list[str]:
        return sorted(self._executor.actions)

    async def run(self, call: Mapping[str, Any]) -> Result:
        """Status and body for Rasa. Never raises."""
        name = str(call.get("next_action") or "")
        if name not in self._executor.actions:
            return 404, {"error": "unknown action", "action_name": name}
        try:
            async with asyncio.timeout(self._limit):
                # Rasa leaves the domain out for actions that do not ask for it; the SDK wants one.
                result = await self._executor.run({"domain": {}, **call})
        except ActionExecutionRejection as rejected:
            return 400, {"error": rejected.message, "action_name": rejected.action_name}
        except ActionNotFoundException:
            return 404, {"error": "unknown action", "action_name": name}
        except TimeoutError:
            logger.error("action %s took longer than %s s", name, self._limit)
            return 500, {"error": "too slow", "action_name": name}
        except Exception as failed:
            # Its message may hold tenant text; its kind and place do not.
            logger.error("action %s failed: %s", name, type(failed).__name__)
            return 500, {"error": type(failed).__name__, "action_name": name}
        return 200, result.model_dump() if result else {"events": [], "responses": []}


def build_executor(services: Services) -> Executor:
    return Executor(action_classes(), services)
