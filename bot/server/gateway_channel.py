"""The only door into Rasa: one POST per turn, with an explicit ok or error.

Stock REST answers ``200 []`` whatever goes wrong. Here an action that fails, a turn without a
word and a crash each have their own name, and a failed turn leaves no half-written tracker behind.
"""

import hmac
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.server.turn import BadTurn, Turn, TurnFailed, read_turn, run_turn

logger = logging.getLogger(__name__)

_HEADER = "X-Thuisbalie-Secret"
_STATUS = {
    "bad_request": 400,
    "forbidden": 403,
    "silent": 502,
    "action_failed": 502,
    "crashed": 500,
    "not_ready": 503,
}


class GatewayChannel(InputChannel):
    """``/webhooks/gateway/turn`` and ``/webhooks/gateway/health``."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode("utf-8")

    @classmethod
    def name(cls) -> str:
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "GatewayChannel":
        secret = str((credentials or {}).get("secret") or "")
        # An unset variable stays in the file as it was written.
        if not secret or secret.startswith("${"):
            raise ValueError("THUISBALIE_RASA_SECRET is not set: the gateway channel stays shut.")
        return cls(secret)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        door = Blueprint("gateway")

        @door.route("/health", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            agent = _agent(request)
            if agent is None:
                return response.json({"ready": False, "model": ""}, status=503)
            return response.json({"ready": True, "model": _model_of(agent)})

        @door.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            if not self._knows(request):
                return _failure("", "forbidden", "wrong or missing secret")
            try:
                asked = read_turn(request.body)
            except BadTurn as why:
                return _failure("", "bad_request", str(why))
            return await _answer(_agent(request), asked)

        return door

    def _knows(self, request: Request) -> bool:
        shown = request.headers.get(_HEADER, "").encode("utf-8", "replace")
        return hmac.compare_digest(shown, self._secret)


def _agent(request: Request) -> Any:
    agent = getattr(request.app.ctx, "agent", None)
    return agent if agent is not None and agent.is_ready() else None


def _model_of(agent: Any) -> str:
    return str(agent.processor.model_filename).replace(".tar.gz", "")


async def _answer(agent: Any, asked: Turn) -> HTTPResponse:
    if agent is None:
        return _failure(asked.turn_id, "not_ready", "no model is loaded")
    started = time.perf_counter()
    try:
        body = await run_turn(agent, asked)
    except BadTurn as why:
        return _failure(asked.turn_id, "bad_request", str(why))
    except TurnFailed as why:
        return _failure(asked.turn_id, why.error, why.detail)
    except Exception as why:  # whatever breaks, the gateway hears it by name
        # The message of an exception may hold tenant text; its kind does not.
        logger.error("Turn %s crashed: %s", asked.turn_id, type(why).__name__)
        return _failure(asked.turn_id, "crashed", type(why).__name__)
    body.update(ok=True, turn_id=asked.turn_id, model=_model_of(agent))
    body["ms"] = round((time.perf_counter() - started) * 1000, 1)
    return response.json(body)


def _failure(turn_id: str, error: str, detail: str) -> HTTPResponse:
    body = {"ok": False, "turn_id": turn_id, "error": error, "detail": detail}
    return response.json(body, status=_STATUS[error])
