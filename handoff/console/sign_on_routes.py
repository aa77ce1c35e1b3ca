"""The way to the provider of single sign-on and back. These are pages of the browser, no JSON."""

from enum import Enum
from typing import Annotated

import structlog
from fastapi import APIRouter, Cookie, Query, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from handoff.console import account_schemas as a
from handoff.console.sessions import StaffSessions
from handoff.console.sign_on import ATTEMPT, SignOn, SignOnFailed
from handoff.http_errors import ApiError, error_responses

log = structlog.get_logger()
_COOKIE = "thuisbalie_sso"
_PATH = "/console/api/sso"
# Not a redirect: the session's cookie is SameSite=Strict, and a redirect that began at another
# site would not carry it. A page of our own that goes on by itself does.
_ONWARD = (
    '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={to}">'
    "<title>Thuisbalie</title>"
)


def add_sign_on_routes(routes: APIRouter, sign_on: SignOn | None, sessions: StaffSessions) -> None:
    """Add these routes to the console's; without a provider they answer 404."""
    tags: list[str | Enum] = ["console: session"]

    @routes.get("/sso", tags=tags)
    async def about() -> a.SignOnView:
        """Whether the login page shows a button, and what is on it."""
        return a.SignOnView(on=sign_on is not None, label=sign_on.settings.label if sign_on else "")

    @routes.get("/sso/start", tags=tags, response_class=Response, responses=error_responses(404))
    async def start() -> Response:
        """Away to the provider."""
        flow = _set_up(sign_on)
        try:
            address, state = await flow.begin()
        except SignOnFailed as failed:
            return _refused(failed)
        response = RedirectResponse(address, 303, {"Cache-Control": "no-store"})
        response.set_cookie(
            _COOKIE,
            state,
            httponly=True,
            samesite="lax",  # it must come along when the provider sends the browser back
            secure=sessions.secure_cookie,
            max_age=int(ATTEMPT.total_seconds()),
            path=_PATH,
        )
        return response

    @routes.get("/sso/return", tags=tags, response_class=Response, responses=error_responses(404))
    async def come_back(
        code: Annotated[str, Query(max_length=4_000)] = "",
        state: Annotated[str, Query(max_length=200)] = "",
        kept: Annotated[str, Cookie(alias=_COOKIE, max_length=200)] = "",
    ) -> Response:
        """Back with a code, or with a refusal of the provider."""
        flow = _set_up(sign_on)
        try:
            agent = await flow.finish(state, kept, code)
        except SignOnFailed as failed:
            return _refused(failed)
        response = _onward("/console/")
        await sessions.open(response, agent)
        return response


def _set_up(sign_on: SignOn | None) -> SignOn:
    if sign_on is None:
        raise ApiError(404, "not_found")
    return sign_on


def _onward(to: str) -> Response:
    response = HTMLResponse(_ONWARD.format(to=to), headers={"Cache-Control": "no-store"})
    response.delete_cookie(_COOKIE, path=_PATH)
    return response


def _refused(failed: SignOnFailed) -> Response:
    log.warning("sign_on_failed", why=str(failed))
    return _onward(f"/console/login?failed={failed.code}")
