"""The first start prints a login that works; a second start neither prints nor changes it."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import httpx
import pytest

from tests.running_product import RunningProduct

pytestmark = pytest.mark.faults
SHOWN = re.compile(r"Demo login +(\S+) / (\S+)")


def logs_in(product: RunningProduct, login: str, password: str) -> bool:
    body = {"login": login, "password": password}
    return httpx.post(f"{product.url}/console/api/login", json=body).status_code == 200


def test_the_login_of_the_first_start_goes_on_working(tmp_path: Path) -> None:
    product = RunningProduct(tmp_path, DEMO_PASSWORD="")
    try:
        product.start()
        product.wait_for_words("Ctrl-C stops everything")
        shown = SHOWN.findall(product.log())
        assert [login for login, _ in shown] == ["fatma", "fatma2", "fatmalead"]
        assert all(logs_in(product, *pair) for pair in shown)
        assert not logs_in(product, "fatma", "fatma")
        product.end(signal.SIGINT)
        product.start()
        assert all(logs_in(product, *pair) for pair in shown)
        assert len(SHOWN.findall(product.log())) == 3
    finally:
        product.end(signal.SIGKILL)


def test_outside_the_demo_there_is_no_login_and_no_demo_page(tmp_path: Path) -> None:
    product = RunningProduct(tmp_path, DEMO="false")
    try:
        product.start()
        assert not logs_in(product, "fatma", "proef-wachtwoord-1")
        assert httpx.get(f"{product.url}/").headers["location"] == "/chat"
    finally:
        product.end(signal.SIGKILL)
