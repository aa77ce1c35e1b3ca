"""The doctor says whether the settings of the back office are complete."""

from __future__ import annotations

from typing import Any

import pytest

from actions.backoffice.vera.resources import DOMAINS as OF_THE_CONNECTOR
from handoff.back_office_check import DOMAINS, vera_faults
from handoff.doctor import Premises, diagnose
from handoff.settings import BackOfficeSettings

pytestmark = pytest.mark.unit

SECRET = "hush-4711"
URL = {"url": "https://api.delinde.example/vera/v4"}
KEY = {"api_key": SECRET}
OAUTH = {
    "token_url": "https://login.delinde.example/oauth/token",
    "client_id": "thuisbalie",
    "client_secret": SECRET,
}


def faults(**given: Any) -> list[str]:
    return vera_faults(BackOfficeSettings(kind="vera", **given))


def line(**given: Any) -> tuple[str, bool]:
    settings = BackOfficeSettings(**given)
    found = diagnose({}, {}, Premises(False, False, "", "SQLite", "", settings))
    [about] = [one for one in found if one.line.startswith("back office")]
    return about.line, about.works


@pytest.mark.parametrize("proof", [KEY, OAUTH])
def test_an_address_and_a_way_to_show_who_we_are_are_enough(proof: dict[str, str]) -> None:
    assert faults(**URL, **proof) == []


def test_an_address_per_domain_is_enough_when_all_have_one() -> None:
    urls = {domain: f"https://{domain}.example/v4" for domain in DOMAINS}
    assert faults(urls=urls, **KEY) == []
    del urls["bdo"]
    assert faults(urls=urls, **KEY) == ["BACKOFFICE__URL is missing."]


def test_the_domains_are_those_of_the_connector() -> None:
    assert set(DOMAINS) == {one.lower() for one in OF_THE_CONNECTOR}


def test_what_is_missing_is_named() -> None:
    assert faults(**KEY) == ["BACKOFFICE__URL is missing."]
    assert "BACKOFFICE__API_KEY is missing, or" in faults(**URL)[0]
    two = {**OAUTH, "client_secret": ""}
    assert faults(**URL, **two) == ["BACKOFFICE__CLIENT_SECRET is missing."]


@pytest.mark.parametrize(
    "url", ["http://api.delinde.example", f"https://u:{SECRET}@x.example", "api.delinde.example"]
)
def test_an_address_that_is_not_safe_is_named_and_not_shown(url: str) -> None:
    [fault] = faults(url=url, **KEY)
    assert fault.startswith("BACKOFFICE__URL is wrong")
    assert url not in fault


def test_a_domain_that_is_unknown_is_named() -> None:
    unknown = faults(**URL, **KEY, urls={"relatie": "https://x.example"})
    assert unknown == ["BACKOFFICE__URLS__RELATIE names no domain."]


def test_the_doctor_tells_it_and_shows_no_secret() -> None:
    assert line(kind="vera", **URL, **KEY) == ("back office: vera.", True)
    told, works = line(kind="vera", **KEY)
    assert not works
    assert SECRET not in told
    assert line(kind="demo") == ("back office: demo.", True)
    assert line()[1]
