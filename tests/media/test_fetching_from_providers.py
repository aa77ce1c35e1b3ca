"""Files come from the provider's own address only, within bounds, and are deleted there after."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest

from channels.fakes.telegram import FakeTelegram
from channels.fakes.tricky_bodies import Trick
from channels.fakes.twilio import Account, Behaviour, FakeTwilio, File, on_loopback
from channels.fakes.twilio_webhooks import SignedForm
from channels.fetching import Bounds, fetch, public
from channels.media import (
    CarriesMedia,
    MediaGone,
    MediaRefusal,
    MediaRefused,
    MediaUncertain,
)
from channels.port import Channel, MediaRef
from channels.registry import channels_on
from handoff.clock import TestClock
from handoff.media import samples

pytestmark = pytest.mark.contract

ACCOUNT = Account("AC" + "0" * 31 + "1", "geheim-van-de-proef")
TOKEN = "7310000001:sleutel_van_de_proef"
PHOTO = File("image/jpeg", samples.photo())
LIMIT = 8 * 1024 * 1024
MESSAGE, MEDIA = "MM" + "a" * 32, "ME" + "b" * 32
OURS = f"/2010-04-01/Accounts/{ACCOUNT.sid}/Messages/{MESSAGE}/Media/{MEDIA}"


async def _no_post(_: SignedForm) -> int:
    return 204


@dataclass
class AtTwilio:
    fake: FakeTwilio
    url: str

    @property
    def channel(self) -> CarriesMedia:
        account = {"account_sid": ACCOUNT.sid, "auth_token": ACCOUNT.auth_token}
        settings = {"twilio": {**account, "base_url": self.url}, "whatsapp": {"sender": "+31970"}}
        return carries(channels_on(settings)["whatsapp"])

    async def sent(self) -> MediaRef:
        """A photo somebody sent, as the webhook names it."""
        await self.fake.write("whatsapp:+31600000001", "whatsapp:+31970", "", [PHOTO])
        message = list(self.fake.messages)[-1]
        address = f"https://api.twilio.com{message.uri}/Media/{message.media[0].sid}"
        return MediaRef(address, "image/jpeg")

    def left(self) -> int:
        return sum(len(message.media) for message in self.fake.messages)


def carries(channel: Channel) -> CarriesMedia:
    assert isinstance(channel, CarriesMedia)
    return channel


@pytest.fixture
async def twilio() -> AsyncIterator[AtTwilio]:
    fake = FakeTwilio(ACCOUNT, TestClock().now, webhook="https://x.example/", post=_no_post)
    async with on_loopback(fake) as url:
        yield AtTwilio(fake, url)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(TOKEN) as found:
        yield found


def on_telegram(fake: FakeTelegram) -> CarriesMedia:
    settings = {"token": TOKEN, "secret": "s", "base_url": fake.url}
    return carries(channels_on({"telegram": settings})["telegram"])


async def refused(channel: CarriesMedia, ref: MediaRef) -> MediaRefusal:
    with pytest.raises(MediaRefused) as why:
        await channel.fetch_media(ref, LIMIT)
    return why.value.reason


@pytest.mark.parametrize("redirects", [True, False])
async def test_a_photo_comes_from_twilio_and_is_then_deleted_there(
    twilio: AtTwilio, redirects: bool
) -> None:
    twilio.fake.behaviour = Behaviour(redirects_media=redirects)
    ref = await twilio.sent()
    fetched = await twilio.channel.fetch_media(ref, LIMIT)
    assert (fetched.body, fetched.content_type) == (PHOTO.content, "image/jpeg")
    assert twilio.left() == 1
    await twilio.channel.forget_media(ref)
    assert twilio.left() == 0
    await twilio.channel.forget_media(ref)
    with pytest.raises(MediaGone):
        await twilio.channel.fetch_media(ref, LIMIT)


@pytest.mark.parametrize(
    "address",
    [
        f"http://api.twilio.com{OURS}",
        f"https://127.0.0.1{OURS}",
        f"https://169.254.169.254{OURS}",
        "http://169.254.169.254/latest/meta-data/",
        f"https://api.twilio.com.evil.example{OURS}",
        f"https://evil.example{OURS}",
        f"https://api.twilio.com@evil.example{OURS}",
        f"https://user:key@api.twilio.com{OURS}",
        f"https://api.twilio.com:8443{OURS}",
        f"https://api.twilio.com:port{OURS}",
        f"https://api.twilio.com{OURS}?next=x",
        f"https://api.twilio.com{OURS}#x",
        f"https://api.twilio.com{OURS}/../../x",
        f"https://api.twilio.com{OURS.replace(ACCOUNT.sid, 'AC' + '9' * 32)}",
        "https://api.twilio.com/2010-04-01/Accounts.json",
        "file:///etc/passwd",
        "https://[::1",
        "",
    ],
)
async def test_an_address_that_is_not_ours_at_twilio_is_not_asked(
    twilio: AtTwilio, address: str
) -> None:
    ref = MediaRef(address, "image/jpeg")
    assert await refused(twilio.channel, ref) is MediaRefusal.FOREIGN_ADDRESS
    await twilio.channel.forget_media(ref)  # and nobody is asked to delete it


@pytest.mark.parametrize(
    "elsewhere",
    [
        "http://127.0.0.1:9/inner",
        "http://169.254.169.254/latest/meta-data/",
        "https://169.254.169.254/latest/meta-data/",
        "https://evil.example/photo",
        "http://media.twiliocdn.com/plain",
        "https://media.twiliocdn.com:8443/port",
        "https://media.twiliocdn.com@127.0.0.1/",
        "https://eviltwiliocdn.com/",
        "file:///etc/passwd",
    ],
)
async def test_a_redirect_to_another_place_is_not_followed(
    twilio: AtTwilio, elsewhere: str
) -> None:
    twilio.fake.behaviour = Behaviour(media_leads_to=elsewhere)
    ref = await twilio.sent()
    assert await refused(twilio.channel, ref) is MediaRefusal.FOREIGN_ADDRESS


async def test_a_redirect_that_never_ends_is_given_up(twilio: AtTwilio) -> None:
    ref = await twilio.sent()
    here = ref.ref.replace("https://api.twilio.com", f"{twilio.url}/api")
    twilio.fake.behaviour = Behaviour(media_leads_to=here)
    # The second time it comes without credentials, which the API refuses.
    with pytest.raises(MediaUncertain):
        await twilio.channel.fetch_media(ref, LIMIT)


async def test_a_named_host_that_is_one_of_our_own_machines_is_not_asked() -> None:
    fake = FakeTwilio(ACCOUNT, TestClock().now, webhook="", post=_no_post)
    fake.behaviour = Behaviour(media_leads_to="https://localhost/inner")
    async with on_loopback(fake) as url:
        at = AtTwilio(fake, url)
        ref = await at.sent()
        address = ref.ref.replace("https://api.twilio.com", f"{url}/api")
        with pytest.raises(MediaRefused) as why:
            await fetch(address, Bounds(LIMIT, ("localhost",)), (ACCOUNT.sid, ACCOUNT.auth_token))
    assert why.value.reason is MediaRefusal.FOREIGN_ADDRESS


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.169.254", "::1", "fe80::1%eth0"]
)
def test_an_inner_address_behind_a_name_is_refused(host: str) -> None:
    answer = aiohttp.abc.ResolveResult(
        hostname="media.twiliocdn.com", host=host, port=443, family=2, proto=0, flags=0
    )
    with pytest.raises(MediaRefused):
        public([answer])
    outer = answer.copy()
    outer["host"] = "18.66.2.1"
    assert public([outer]) == [outer]


@pytest.mark.parametrize("trick", [Trick.ENDLESS, Trick.ONE_GIGABYTE])
async def test_more_than_the_limit_is_not_read(
    twilio: AtTwilio, telegram: FakeTelegram, trick: Trick
) -> None:
    twilio.fake.behaviour = Behaviour(media_trick=trick)
    assert await refused(twilio.channel, await twilio.sent()) is MediaRefusal.TOO_LARGE
    telegram.files["f-1"], telegram.file_trick = PHOTO.content, trick
    ref = MediaRef("f-1", "image/jpeg")
    assert await refused(on_telegram(telegram), ref) is MediaRefusal.TOO_LARGE


async def test_a_file_that_breaks_off_may_be_asked_again(twilio: AtTwilio) -> None:
    twilio.fake.behaviour = Behaviour(media_trick=Trick.CUT)
    with pytest.raises(MediaUncertain):
        await twilio.channel.fetch_media(await twilio.sent(), LIMIT)


async def test_a_file_that_takes_too_long_is_given_up(twilio: AtTwilio) -> None:
    twilio.fake.behaviour = Behaviour(media_trick=Trick.ENDLESS)
    ref = await twilio.sent()
    address = ref.ref.replace("https://api.twilio.com", f"{twilio.url}/api")
    bounds = Bounds(limit=10**12, seconds=0.05)
    with pytest.raises(MediaUncertain):
        await fetch(address, bounds, (ACCOUNT.sid, ACCOUNT.auth_token))


async def test_a_photo_comes_from_telegram_with_the_type_of_the_message(
    telegram: FakeTelegram,
) -> None:
    telegram.files["f-1"] = PHOTO.content
    ref = MediaRef("f-1", "image/jpeg")
    fetched = await on_telegram(telegram).fetch_media(ref, LIMIT)
    assert (fetched.body, fetched.content_type) == (PHOTO.content, "image/jpeg")
    await on_telegram(telegram).forget_media(ref)
    assert [call.method for call in telegram.calls] == ["getFile"]


async def test_a_file_unknown_to_telegram_is_gone(telegram: FakeTelegram) -> None:
    with pytest.raises(MediaGone):
        await on_telegram(telegram).fetch_media(MediaRef("f-9", "image/jpeg"), LIMIT)


async def test_a_file_that_telegram_says_is_too_large_is_not_asked_for(
    telegram: FakeTelegram,
) -> None:
    telegram.files["f-1"] = PHOTO.content
    with pytest.raises(MediaRefused) as why:
        await on_telegram(telegram).fetch_media(MediaRef("f-1", "image/jpeg"), 10)
    assert why.value.reason is MediaRefusal.TOO_LARGE


@pytest.mark.parametrize("elsewhere", ["http://127.0.0.1:9/", "http://169.254.169.254/"])
async def test_telegram_redirects_nowhere(telegram: FakeTelegram, elsewhere: str) -> None:
    telegram.files["f-1"], telegram.file_leads_to = PHOTO.content, elsewhere
    ref = MediaRef("f-1", "image/jpeg")
    assert await refused(on_telegram(telegram), ref) is MediaRefusal.FOREIGN_ADDRESS


async def test_what_goes_wrong_never_names_the_address_with_the_token(
    telegram: FakeTelegram,
) -> None:
    telegram.files["f-1"], telegram.file_trick = PHOTO.content, Trick.CUT
    with pytest.raises(MediaUncertain) as failure:
        await on_telegram(telegram).fetch_media(MediaRef("f-1", "image/jpeg"), LIMIT)
    told = (failure.value, failure.value.__cause__)
    assert TOKEN not in repr(told)
    assert failure.value.__suppress_context__


def test_web_chat_and_webhook_carry_no_files() -> None:
    on = channels_on({"webhook": {"secret": "s", "url": "https://x.example"}})
    assert not isinstance(on["webchat"], CarriesMedia)
    assert not isinstance(on["webhook"], CarriesMedia)
