"""How long a tenant may be answered freely, in the head of the conversation."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.console_server import ConsoleServer
from tests.browser.console_steps import open_card
from tests.browser.fake_console_state import ago

pytest_plugins = ["tests.browser.console_fixtures"]
pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("minutes_left", "words"),
    [
        (200, "Vrij antwoorden kan nog 3 uur"),
        (45, "Vrij antwoorden kan nog 45 minuten"),
        (-5, "Vrij antwoorden kan niet meer. Uw antwoord wacht tot de huurder weer schrijft."),
    ],
)
def test_staff_read_how_long_and_what_happens_after_that(
    signed_in: Page, console_server: ConsoleServer, minutes_left: int, words: str
) -> None:
    console_server.script(
        lambda console: console.add(
            "TB-3000",
            topic_title="Huurtoeslag",
            channel="whatsapp",
            waiting_since=ago(),
            window_closes_at=ago(minutes=-minutes_left),
        )
    )
    open_card(signed_in, "Huurtoeslag")
    expect(signed_in.locator(".view-head .reply-window")).to_have_text(words)


def test_where_free_text_is_always_taken_nothing_is_said(signed_in: Page) -> None:
    open_card(signed_in, "Wanneer u de huur betaalt")
    expect(signed_in.locator(".view-head .view-details")).to_be_visible()
    expect(signed_in.locator(".reply-window")).to_have_count(0)
