"""What people do with the demo's phones, and what the fake providers do about it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from channels.fakes.telegram import CUT, TOO_OFTEN
from channels.fakes.twilio import Behaviour, FakeTwilio, File
from channels.fakes.twilio_messages import WHATSAPP, Media, Message
from handoff.clock import Clock
from handoff.demo.bell import Bell
from handoff.demo.calls import Calls
from handoff.demo.providers import (
    OUR_NUMBER,
    Device,
    FakeAccount,
    Providers,
    addresses_of,
    real_devices,
)
from handoff.demo.telegram_phone import TelegramPhone
from handoff.demo.views import (
    CallView,
    ChoiceView,
    DeviceView,
    PhoneView,
    sms_bubbles,
    whatsapp_bubbles,
)
from handoff.settings import Settings, channel_settings

_STEP_SECONDS: Final = 0.5
"""Between one tick and the next: fast, and slow enough to be seen."""


class Trouble(StrEnum):
    """What is wrong with a provider."""

    NONE = "none"
    BUSY = "busy"
    """It takes nothing now; what was refused is sent again."""
    SILENT = "silent"
    """It breaks off without an answer: nobody knows whether the message went out."""


class DeviceOff(Exception):
    """A real provider serves this channel, so the demo does not stand in for it."""


_BEHAVIOUR: Final[Mapping[Trouble, Behaviour]] = {
    Trouble.NONE: Behaviour(),
    Trouble.BUSY: Behaviour(refuses_with=429),
    Trouble.SILENT: Behaviour(cuts=True),
}
_BUTTON: Final = ("ButtonPayload", "ButtonText")
_AT_TELEGRAM: Final = {Trouble.NONE: None, Trouble.BUSY: TOO_OFTEN, Trouble.SILENT: CUT}


class Phones:
    """All devices of everybody who tries the demo; a number says whose they are."""

    def __init__(self, providers: Providers, clock: Clock) -> None:
        self.bell = Bell()
        self._providers = providers
        self._clock = clock
        self._trouble = dict.fromkeys(Device, Trouble.NONE)
        self._sent_files: dict[str, tuple[Media, ...]] = {}
        self._unreported: dict[str, Device] = {}
        self._reports: set[asyncio.Task[None]] = set()
        phone = providers.accounts.get(Device.PHONE)
        self.calls = Calls(phone, providers.at, self.bell.ring) if phone else None
        for device in (Device.WHATSAPP, Device.SMS):
            if account := providers.accounts.get(device):
                account.fake.messages.watchers.append(self._watcher(device))
        self._telegram: TelegramPhone | None = None
        if providers.telegram is not None:
            providers.telegram.watchers.append(self.bell.ring)
            webhook = f"{providers.at.inside}/channels/telegram"
            self._telegram = TelegramPhone(
                providers.telegram, webhook, providers.telegram_secret, clock
            )

    async def stop(self) -> None:
        for task in tuple(self._reports):
            task.cancel()
        await asyncio.gather(*self._reports, return_exceptions=True)
        await self._providers.stop()

    async def start(self) -> None:
        await self._providers.start()

    def settings(self, given: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        return self._providers.settings(given)

    @property
    def public_base_url(self) -> str:
        """The address that the providers know us by."""
        return self._providers.at.public

    @property
    def real(self) -> Sequence[Device]:
        """Devices that are off, because their channel has a real provider."""
        return sorted(self._providers.real)

    def view(self, number: str) -> PhoneView:
        """Everything on the screens of the phone with this number."""
        accounts = self._providers.accounts
        devices = {
            device.value: DeviceView(
                on=device not in self._providers.real, trouble=self._trouble[device]
            )
            for device in Device
        }
        whatsapp, sms = accounts.get(Device.WHATSAPP), accounts.get(Device.SMS)
        return PhoneView(
            devices=devices,
            whatsapp=whatsapp_bubbles(
                whatsapp.fake.messages, number, whatsapp.fake.contents.shown, self._sent_files
            )
            if whatsapp
            else [],
            sms=sms_bubbles(sms.fake.messages, number) if sms else [],
            telegram=self._telegram.bubbles(number) if self._telegram else [],
            call=self.calls.view(number) if self.calls else CallView(),
        )

    async def whatsapp(
        self,
        number: str,
        name: str,
        text: str,
        files: Sequence[File] = (),
        choice: ChoiceView | None = None,
    ) -> int:
        """Somebody writes on WhatsApp; gives the HTTP status of the webhook's answer."""
        fields = {"ProfileName": name}
        if choice is not None:
            keys = ("ListId", "ListTitle") if choice.kind == "list" else _BUTTON
            fields |= dict(zip(keys, (choice.id, choice.title), strict=True))
            text = choice.title
        fake = self._account(Device.WHATSAPP).fake
        found = await fake.write(WHATSAPP + number, WHATSAPP + OUR_NUMBER, text, files, fields)
        return found[0]

    async def sms(self, number: str, text: str) -> int:
        fake = self._account(Device.SMS).fake
        return (await fake.write(number, OUR_NUMBER, text))[0]

    async def telegram(
        self,
        number: str,
        name: str,
        text: str,
        photo: bytes | None = None,
        choice: ChoiceView | None = None,
    ) -> int:
        """Somebody writes to the bot or taps; gives the HTTP status of the webhook's answer."""
        if self._telegram is None:
            raise DeviceOff(Device.TELEGRAM)
        if choice is not None:
            return await self._telegram.tap(number, choice)
        return await self._telegram.write(number, name, text, photo)

    def file(self, name: str) -> File | None:
        """A photo or voice note that was sent from here."""
        if self._telegram is not None and name in self._telegram.fake.files:
            return File("image/jpeg", self._telegram.fake.files[name])
        if self._telegram is not None and name in self._telegram.fake.sent_files:
            upload = self._telegram.fake.sent_files[name]
            return File(upload.content_type, upload.content)
        sent = (media for files in self._sent_files.values() for media in files)
        return next((media.file for media in sent if media.sid == name), None)

    def make_trouble(self, device: Device, trouble: Trouble) -> None:
        """From now on the provider of this device does this, for everybody."""
        if device in self._providers.real:
            raise DeviceOff(device)
        self._trouble[device] = trouble
        if device is Device.TELEGRAM:
            assert self._telegram is not None
            self._telegram.fake.trouble = _AT_TELEGRAM[trouble]
        elif device is Device.PHONE:
            assert self.calls is not None
            self.calls.kill_line(trouble is not Trouble.NONE)
        else:
            self._account(device).fake.behaviour = _BEHAVIOUR[trouble]
        self.report_on()
        self.bell.ring()

    def report_on(self) -> None:
        """Tell what became of messages, as far as that could not be told before."""
        for sid, device in tuple(self._unreported.items()):
            if self._trouble[device] is Trouble.NONE:
                del self._unreported[sid]
                task = asyncio.create_task(self._report(device, sid))
                self._reports.add(task)
                task.add_done_callback(self._reports.discard)

    async def _report(self, device: Device, sid: str) -> None:
        fake = self._account(device).fake
        message = fake.messages.get(sid)
        if message is None:
            return
        if message.magic_code() is not None:
            await fake.report(sid)
            return
        for status in ("sent", "delivered"):
            await self._clock.sleep(_STEP_SECONDS)
            await fake.report(sid, status)
        await self._read(fake, sid)

    async def _read(self, fake: FakeTwilio, sid: str) -> None:
        message = fake.messages.get(sid)
        if message is None or not message.whatsapp or message.status != "delivered":
            return
        if self.bell.looks(message.recipient.removeprefix(WHATSAPP)):
            await self._clock.sleep(_STEP_SECONDS)
            await fake.report(sid, "read")

    async def opened(self, number: str) -> None:
        """Somebody looks at this phone now: what was delivered is read."""
        account = self._providers.accounts.get(Device.WHATSAPP)
        for message in account.fake.sent if account else ():
            if account and message.recipient == WHATSAPP + number:
                await self._read(account.fake, message.sid)

    def _watcher(self, device: Device) -> Callable[[Message], None]:
        seen: set[str] = set()

        def changed(message: Message) -> None:
            if message.direction != "inbound" and message.sid not in seen:
                seen.add(message.sid)
                self._unreported[message.sid] = device
                self.report_on()
            if message.media:
                # The product has them deleted at the provider; the phone keeps its own.
                self._sent_files.setdefault(message.sid, message.media)
            self.bell.ring()

        return changed

    def _account(self, device: Device) -> FakeAccount:
        account = self._providers.accounts.get(device)
        if account is None:
            raise DeviceOff(device)
        return account


def phones_for(settings: Settings, environment: Mapping[str, str], clock: Clock) -> Phones | None:
    """The phones of this installation; None outside the demo, or when its port is not known."""
    if not settings.demo or settings.port == 0:
        return None
    real = real_devices(channel_settings(environment))
    return Phones(Providers(addresses_of(settings), real, clock.now), clock)
