"""The described interface, driven by what its own description allows and forbids.

Every answer must be one that the description promises, and never a failure of ours.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.types import ASGIApp, Receive, Scope, Send

from channels.registry import channels_on
from handoff.testing import Bench, start_bench

pytestmark = pytest.mark.stories

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = int(os.environ.get("OPENAPI_EXAMPLES", "5"))  # more for a longer search by hand
WHO = ["anonymous", "tenant", "staff"]
LOGOUT = "/console/api/logout"
# A password or code that is wrong is a 401 here, also for who is logged in.
ASK_A_SECRET = {
    "/console/api/login",
    "/console/api/login/enrol",
    "/console/api/login/code",
    "/console/api/me/second-factor/confirm",
}
ENDLESS = "/console/api/events"  # a stream that only ends with the session: see test_streams


@dataclass(frozen=True, slots=True)
class Driven:
    """A product with a conversation that somebody waits in, and everybody's way in."""

    schema: schemathesis.BaseSchema
    conversation: str
    ways_in: dict[str, dict[str, str]]


async def _make() -> tuple[Bench, str, dict[str, dict[str, str]]]:
    bench = await start_bench()
    hook = {"webhook": {"secret": "geheim-van-de-proef", "url": "http://127.0.0.1:9/in"}}
    bench.product.channels.update(channels_on(hook))
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("ik wil een medewerker")
    cookie = f"thuisbalie_staff={staff.client.cookies['thuisbalie_staff']}"
    ways_in = {"anonymous": {}, "tenant": tenant.headers, "staff": {"Cookie": cookie}}
    return bench, tenant.id, ways_in


class AlreadyStarted:
    """The app of a product that runs: the client may come and go without stopping it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)
            return
        for step in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{step}.complete"})


@pytest.fixture(scope="module")
def driven() -> Iterator[Driven]:
    bench, conversation, ways_in = asyncio.run(_make())
    schema = schemathesis.openapi.from_asgi("/openapi.json", AlreadyStarted(bench.app))
    yield Driven(schema, conversation, ways_in)
    asyncio.run(bench.product.stop())


def operations(driven: Driven) -> list[Any]:
    found = [result.ok() for result in driven.schema.get_all_operations()]
    return [operation for operation in found if operation.path != ENDLESS]


def can_be_wrong(operation: Any) -> bool:
    """Whether something can be sent that the description forbids."""
    return bool(len(operation.body) or len(operation.query))


def drive(operation: Any, mode: GenerationMode, driven: Driven, who: str) -> set[int]:
    """Call it in several ways; gives the statuses that came back."""
    way_in = {} if operation.path == LOGOUT else driven.ways_in[who]  # nobody is logged out here
    headers = {"Accept": "application/json", **way_in}
    statuses = set()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), known=st.booleans())
    def one(case: schemathesis.Case, known: bool) -> None:
        for name in case.path_parameters if known else ():
            case.path_parameters[name] = "webhook" if name == "name" else driven.conversation
        response = case.call(headers=headers)
        statuses.add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    one()
    return statuses


def got_in(operation: Any, who: str, statuses: set[int]) -> bool:
    """Whether the doors that stand open to them were really tried from the inside."""
    home = {"staff": "/console/api/", "tenant": "/chat/"}.get(who, "-")
    path = operation.path
    return 401 not in statuses or not path.startswith(home) or path in ASK_A_SECRET


@pytest.mark.parametrize("who", WHO)
def test_what_the_description_allows_gets_an_answer_it_promises(
    driven: Driven, subtests: pytest.Subtests, who: str
) -> None:
    for operation in operations(driven):
        with subtests.test(operation.label):
            assert got_in(operation, who, drive(operation, GenerationMode.POSITIVE, driven, who))


@pytest.mark.parametrize("who", WHO)
def test_what_the_description_forbids_gets_an_answer_it_promises(
    driven: Driven, subtests: pytest.Subtests, who: str
) -> None:
    for operation in filter(can_be_wrong, operations(driven)):
        with subtests.test(operation.label):
            assert got_in(operation, who, drive(operation, GenerationMode.NEGATIVE, driven, who))


def test_every_operation_is_described_for_people(driven: Driven) -> None:
    labels = [operation.label for operation in operations(driven)]
    assert len(labels) == len(set(labels)) >= 18
    for operation in operations(driven):
        raw = operation.definition.raw
        assert raw["tags"] and raw["summary"], operation.label
        assert any(status.startswith("2") for status in raw["responses"]), operation.label
