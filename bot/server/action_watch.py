"""Sees what Rasa hides: an action that failed.

Rasa catches every exception of an action, logs it and goes on as if it had done nothing. While
watched, each such failure is noted by the name of the action, for the turn that it belongs to.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from rasa.core.actions.action import ActionExecutionRejection
from rasa.core.processor import MessageProcessor

_failures: ContextVar[list[str] | None] = ContextVar("action_failures", default=None)


class _Watched:
    """An action that notes its own failure."""

    def __init__(self, action: Any) -> None:
        self._action = action

    def __getattr__(self, name: str) -> Any:
        return getattr(self._action, name)

    async def run(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return await self._action.run(*args, **kwargs)
        except ActionExecutionRejection:
            raise  # a form that gives way to another topic: meant
        except Exception:
            _note(self._action.name())
            raise


def _note(failure: str) -> None:
    noted = _failures.get()
    if noted is not None:
        noted.append(failure)


def _watch(processor: MessageProcessor) -> None:
    if getattr(processor, "_thuisbalie_watched", False):
        return
    run_action = processor._run_action

    async def run_watched(action: Any, *args: Any, **kwargs: Any) -> bool:
        return await run_action(_Watched(action), *args, **kwargs)  # type: ignore[arg-type]

    processor._run_action = run_watched  # type: ignore[method-assign]
    processor.on_circuit_break = lambda *_: _note("too many actions in one turn")  # type: ignore[assignment]
    processor._thuisbalie_watched = True  # type: ignore[attr-defined]


@contextmanager
def watched(processor: MessageProcessor) -> Iterator[list[str]]:
    """The names of the actions that failed within the block."""
    _watch(processor)
    noted: list[str] = []
    token = _failures.set(noted)
    try:
        yield noted
    finally:
        _failures.reset(token)
