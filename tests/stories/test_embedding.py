"""The chat on other sites: only those on the list, and no foreign page writes for a tenant."""

from collections.abc import AsyncIterator

import pytest

from handoff.embedding import NotAnOrigin, read_origins
from handoff.settings import WidgetSettings
from handoff.testing import Bench, start_bench

pytestmark = pytest.mark.stories
LISTED = "https://www.delinde.example"
STRANGER = "https://www.elders.example"


@pytest.fixture
async def embedded() -> AsyncIterator[Bench]:
    running = await start_bench(
        widget=WidgetSettings(allowed_origins=f"{LISTED}, https://mijn.delinde.example/")
    )
    yield running
    await running.client.aclose()
    await running.product.stop()


async def test_a_site_on_the_list_may_open_a_conversation_and_read_the_answer(
    embedded: Bench,
) -> None:
    answer = await embedded.client.post("/chat/conversations", headers={"Origin": LISTED})
    assert answer.status_code == 201
    assert answer.headers["access-control-allow-origin"] == LISTED
    assert "Origin" in answer.headers["vary"]
    assert "access-control-allow-credentials" not in answer.headers


async def test_its_browser_asks_first_and_hears_what_may_be_sent(embedded: Bench) -> None:
    asked = {"Origin": LISTED, "Access-Control-Request-Method": "POST"}
    answer = await embedded.client.options("/chat/conversations/x/files", headers=asked)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-headers"] == "authorization, content-type"


async def test_a_site_that_is_not_on_the_list_is_refused(embedded: Bench) -> None:
    foreign = {"Origin": STRANGER}
    answer = await embedded.client.post("/chat/conversations", headers=foreign)
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "foreign_origin"
    tenant = await embedded.tenant()
    url = f"/chat/conversations/{tenant.id}"
    for path in (f"{url}/messages", f"{url}/files?client_msg_id=a", "/u/abc/photos"):
        refused = await embedded.client.post(path, headers=foreign | tenant.headers)
        assert (path, refused.status_code) == (path, 403)
    read = await embedded.client.get(f"{url}/events", headers=foreign | tenant.headers)
    assert "access-control-allow-origin" not in read.headers
    asked = await embedded.client.options("/chat/conversations", headers=foreign)
    assert asked.status_code == 405
    assert len(await tenant.events()) == 1


@pytest.mark.parametrize("origin", ["null", "https://www.delinde.example.elders.example", LISTED])
async def test_without_a_list_only_our_own_pages_write(bench: Bench, origin: str) -> None:
    refused = await bench.client.post("/chat/conversations", headers={"Origin": origin})
    assert refused.status_code == 403
    own = {"Origin": f"https://{bench.client.base_url.host}"}
    opened = await bench.client.post("/chat/conversations", headers=own)
    assert opened.status_code == 201, "a proxy in front speaks https where we see http"


async def test_the_console_is_never_shared(embedded: Bench) -> None:
    answer = await embedded.client.get("/console/api/me", headers={"Origin": LISTED})
    assert "access-control-allow-origin" not in answer.headers


async def test_no_page_of_ours_may_be_framed_by_a_listed_site(embedded: Bench) -> None:
    answer = await embedded.client.get("/chat", headers={"Origin": LISTED})
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "wrong", ["*", "delinde.example", "https://delinde.example/pad", "https://*.delinde.example"]
)
def test_a_list_with_something_else_than_sites_stops_the_start(wrong: str) -> None:
    with pytest.raises(NotAnOrigin):
        read_origins(f"{LISTED},{wrong}")
