"""The one door for providers, ``POST /channels/<name>``: verify, parse, store, 2xx; no more."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response

from channels.port import BadSignature, Channel, NotUnderstood, RawRequest, TooLong
from handoff.arrivals import Arrivals
from handoff.clean_text import LONGEST
from handoff.http_errors import ApiError, error_responses, read_body
from handoff.inbox import EmptyMessage, UnknownChoice
from handoff.ledger import ReusedId

_LARGEST_BODY = 256_000


def router(arrivals: Arrivals, channels: Mapping[str, Channel], public_base_url: str) -> APIRouter:
    """Routes of all channels that are switched on and have a provider."""
    routes = APIRouter(prefix="/channels", tags=["providers"])

    @routes.post(
        "/{name}", status_code=204, responses=error_responses(403, 404, 409, 413, 422, 503)
    )
    async def receive(name: str, request: Request) -> Response:
        """A provider's webhook. 2xx means: stored, once, however often it is sent."""
        channel = channels.get(name)
        if channel is None or not channel.capabilities.push:
            raise ApiError(404, "not_found")
        # The address is the configured one: what the request says of itself can be forged.
        url = f"{public_base_url}{request.url.path}"
        if request.url.query:
            url = f"{url}?{request.url.query}"
        body = await read_body(request, _LARGEST_BODY)
        raw = RawRequest(request.method, url, dict(request.headers), body)
        await _store(arrivals, channel, raw)
        return Response(status_code=204)

    return routes


async def _store(arrivals: Arrivals, channel: Channel, raw: RawRequest) -> None:
    try:
        channel.verify(raw)
        await arrivals.take(channel, raw)
    except BadSignature as forged:
        raise ApiError(403, "foreign_origin") from forged
    except TooLong as too_long:
        raise ApiError(413, "too_long", limit=LONGEST) from too_long
    except (NotUnderstood, EmptyMessage, UnknownChoice) as wrong:
        raise ApiError(422, "bad_request") from wrong
    except ReusedId as reused:
        raise ApiError(409, "conflict") from reused
