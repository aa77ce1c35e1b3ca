"""The provider's door under attack and under load, over real HTTP."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import pytest

from channels.fakes.twilio_webhooks import SignedForm, signed
from tests.channels.provider_scene import PUBLIC, Provider, a_provider
from tests.channels.twilio_scene import ACCOUNT

pytestmark = [
    pytest.mark.contract,
    # Of the client library, about how it hands over the credentials.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
RENT = "wanneer moet ik de huur betalen"
SIGNATURE = "X-Twilio-Signature"
SETTINGS = "X-Twilio-Webhooks-Signature-Settings"
SHARED_KEY = "een-gedeelde-sleutel"
Change = Callable[[SignedForm], SignedForm]


@pytest.fixture(params=["sms", "whatsapp"])
async def provider(request: pytest.FixtureRequest) -> AsyncIterator[Provider]:
    async with a_provider(request.param) as found:
        yield found


def fields(form: SignedForm) -> dict[str, str]:
    return dict(parse_qsl(form.body.decode(), keep_blank_values=True))


def with_headers(form: SignedForm, **changed: str | None) -> SignedForm:
    headers = {
        **form.headers,
        **{name.replace("_", "-"): one or "" for name, one in changed.items()},
    }
    return replace(form, headers={name: value for name, value in headers.items() if value})


def unsigned(form: SignedForm) -> SignedForm:
    return with_headers(form, X_Twilio_Signature=None)


def signed_by_another(form: SignedForm) -> SignedForm:
    return signed(form.url, fields(form), "van-een-ander")


def of_another_account(form: SignedForm) -> SignedForm:
    return signed(form.url, fields(form) | {"AccountSid": "AC" + "9" * 32}, ACCOUNT.auth_token)


def with_a_parameter_more(form: SignedForm) -> SignedForm:
    return replace(form, body=form.body + b"&OptOutType=STOP")


def with_a_second_body(form: SignedForm) -> SignedForm:
    return replace(form, body=form.body + b"&Body=iets+anders")


def with_a_parameter_less(form: SignedForm) -> SignedForm:
    left = fields(form)
    left.pop("NumMedia")
    return replace(form, body=urlencode(left).encode())


def for_another_address(form: SignedForm) -> SignedForm:
    return replace(form, url=form.url + "?mid=1")


def as_json(form: SignedForm) -> SignedForm:
    return with_headers(form, Content_Type="application/json")


def by_sha_256(form: SignedForm) -> SignedForm:
    """Well signed, with an algorithm that was not agreed on."""
    content = form.url + "".join(name + value for name, value in sorted(fields(form).items()))
    digest = hmac.new(ACCOUNT.auth_token.encode(), content.encode(), hashlib.sha256).digest()
    headers = {**form.headers, SIGNATURE: b64encode(digest).decode()}
    return replace(form, headers={**headers, SETTINGS: "algorithm=HMAC_SHA256"})


@pytest.mark.parametrize(
    "change",
    [
        unsigned,
        signed_by_another,
        of_another_account,
        with_a_parameter_more,
        with_a_second_body,
        with_a_parameter_less,
        for_another_address,
        as_json,
        by_sha_256,
    ],
)
async def test_a_forged_request_is_refused_and_leaves_no_row(
    provider: Provider, change: Change
) -> None:
    (genuine,) = await provider.writes_later(RENT)
    assert await provider.post(change(genuine)) == 403
    assert await provider.rows() == 0
    assert await provider.post(genuine) == 204
    assert await provider.said() == [RENT]


async def test_a_key_that_was_agreed_on_cannot_be_gone_around_with_the_old_one(
    provider: Provider,
) -> None:
    provider.replace(shared_key=SHARED_KEY)
    (old,) = await provider.writes_later(RENT)
    named = replace(old, headers={**old.headers, SETTINGS: "algorithm=HMAC_SHA1"})
    assert [await provider.post(one) for one in (old, named)] == [403, 403]
    assert await provider.rows() == 0


@pytest.mark.parametrize("name", ["sms", "whatsapp"])
async def test_nothing_is_taken_over_plain_http_however_well_it_is_signed(name: str) -> None:
    async with a_provider(name, public_base_url="http://balie.example") as provider:
        assert await provider.writes(RENT) == [403]
        assert await provider.rows() == 0


async def test_a_forged_status_changes_nothing(provider: Provider) -> None:
    await provider.writes(RENT)
    await provider.bench.work()
    ref = str((await provider.last_delivery()).ref)
    provider.wire.cut = True
    await provider.fake.report(ref, "delivered")
    provider.wire.cut = False
    (news,) = provider.wire.kept
    assert await provider.post(signed_by_another(news)) == 403
    assert await provider.post(replace(news, url=news.url + "x")) == 403
    assert (await provider.last_delivery()).state == "sent"
    assert await provider.post(news) == 204
    assert (await provider.last_delivery()).state == "delivered"


async def fifty_at_once(provider: Provider) -> None:
    (form,) = await provider.writes_later(RENT)
    answers = await asyncio.gather(*(provider.post(form) for _ in range(50)))
    assert set(answers) == {204}
    assert await provider.said() == [RENT] and await provider.rows() == 1
    provider.clock.move(provider.bench.product.channels[provider.name].capabilities.gather)
    await provider.bench.work()
    assert await provider.post(form) == 204
    await provider.bench.work()
    assert await provider.said() == [RENT]
    assert len(provider.bench.assistant.asked) == 1


async def test_fifty_times_the_same_webhook_at_once_is_one_row_and_one_turn(
    provider: Provider,
) -> None:
    await fifty_at_once(provider)


async def test_fifty_times_the_same_webhook_at_once_on_postgresql(
    postgres: Callable[[], str],
) -> None:
    async with a_provider("whatsapp", PUBLIC, postgres()) as provider:
        await fifty_at_once(provider)
