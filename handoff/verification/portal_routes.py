"""``/portal/<token>``: a page that says what is about to happen, the way to the portal, and back.

The page stands between because programs open links to show a picture of them, and because who
gets such a link from a stranger must read what it is for.
"""

import html
import re
from typing import Annotated

import structlog
from fastapi import APIRouter, Cookie, Query, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from handoff.clock import AMSTERDAM
from handoff.corporation_pages import filled
from handoff.pages import WEB
from handoff.verification.portal import LINK_LIFE, PortalLinks, PortalRefused, Recognised

log = structlog.get_logger()
_PLACE = re.compile(r"%(reference|channel|day|time|words|token)%")
_COOKIE = "thuisbalie_portal"
_PATH = "/portal"
_LONGEST_TOKEN = 64
_UNKEPT = {"Cache-Control": "no-store"}


def router(links: PortalLinks) -> APIRouter:
    routes = APIRouter(prefix=_PATH, include_in_schema=False)

    @routes.get("/return")
    async def come_back(
        code: Annotated[str, Query(max_length=4_000)] = "",
        state: Annotated[str, Query(max_length=200)] = "",
        kept: Annotated[str, Cookie(alias=_COOKIE, max_length=200)] = "",
    ) -> Response:
        try:
            digits = await links.come_back(state, kept, code)
        except PortalRefused as refused:
            return _without_cookie(_refused(refused))
        words = _page("portal-done").replace("%code%", f"{digits[:3]} {digits[3:]}")
        return _without_cookie(HTMLResponse(words, 200, _UNKEPT))

    @routes.get("/{token}")
    async def page(token: str) -> Response:
        try:
            known = await links.recognised_by(token[:_LONGEST_TOKEN])
        except PortalRefused as refused:
            return _refused(refused)
        return HTMLResponse(_question(links, known, token), 200, _UNKEPT)

    @routes.post("/{token}/not-mine")
    async def not_mine(token: str) -> Response:
        await links.refuse(token[:_LONGEST_TOKEN])
        return HTMLResponse(_page("portal-not-mine"), 200, _UNKEPT)

    @routes.get("/{token}/go")
    async def go(token: str) -> Response:
        try:
            address, state = await links.leave(token[:_LONGEST_TOKEN])
        except PortalRefused as refused:
            return _refused(refused)
        response = RedirectResponse(address, 303, _UNKEPT)
        response.set_cookie(
            _COOKIE,
            state,
            httponly=True,
            samesite="lax",  # it must come along when the portal sends the browser back
            secure=links.base.startswith("https://"),
            max_age=int(LINK_LIFE.total_seconds()),
            path=_PATH,
        )
        return response

    return routes


def _question(links: PortalLinks, known: Recognised, token: str) -> str:
    """The page that asks whether this is the own conversation."""
    began = known.began.astimezone(AMSTERDAM)
    values = {
        "reference": known.reference,
        "channel": links.counter.words.text(f"channel_{known.channel}"),
        "day": f"{began:%d-%m-%Y}",
        "time": f"{began:%H:%M}",
        "words": known.words,
        "token": token,
    }
    # In one pass: what somebody typed may look like a place to fill in.
    return _PLACE.sub(lambda found: html.escape(values[found[1]]), _page("portal"))


def _page(name: str) -> str:
    return filled(WEB / "pages" / f"{name}.html")


def _refused(refused: PortalRefused) -> Response:
    log.warning("portal_refused", why=str(refused))
    return HTMLResponse(_page("portal-failed"), 410, _UNKEPT)


def _without_cookie(response: Response) -> Response:
    response.delete_cookie(_COOKIE, path=_PATH)
    return response
