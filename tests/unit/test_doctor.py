"""The doctor says what is on, what is off and what is missing, and shows no value of a setting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import pytest
from pydantic import BaseModel, field_validator

from channels.registry import channel_classes
from channels.webchat import WebChat
from handoff.doctor import Finding, Premises, diagnose

pytestmark = pytest.mark.unit

SECRET = "hush-4711"
HEALTHY = Premises(needs_rasa=True, rasa=True, model="assistant-1.tar.gz", database="SQLite")
ADDRESS = {"PUBLIC_BASE_URL": "https://chat.example.nl"}
ACCOUNT = {"TWILIO__ACCOUNT_SID": "AC1", "TWILIO__AUTH_TOKEN": SECRET}
REPORTS = {"TWILIO__PUBLIC_BASE_URL": "https://chat.example.nl"}
SMS = {"SMS__SENDER": "+31612345678"}
WEBHOOK = {"WEBHOOK__SECRET": SECRET, "WEBHOOK__URL": "https://portal.example/in"}


class TalkativeSettings(BaseModel):
    key: str

    @field_validator("key")
    @classmethod
    def _quotes_what_it_was_given(cls, key: str) -> str:
        raise ValueError(f"{key} is no key")


class Talkative(WebChat):
    """A channel whose rules repeat what they were given."""

    name: ClassVar[str] = "talkative"
    Settings: ClassVar[type[BaseModel]] = TalkativeSettings


def findings(environment: Mapping[str, str], premises: Premises = HEALTHY) -> dict[str, Finding]:
    """By what they are about."""
    found = diagnose(environment, channel_classes(), premises)
    return {finding.line.partition(":")[0]: finding for finding in found}


def works(environment: Mapping[str, str], premises: Premises = HEALTHY) -> bool:
    return all(finding.works for finding in findings(environment, premises).values())


def test_every_channel_has_a_line_and_so_has_the_machine() -> None:
    others = ["models", "database", "back office", "Rasa environment"]
    assert list(findings({})) == [*sorted(channel_classes()), *others]


def test_without_any_settings_the_web_chat_is_on_and_nothing_is_wrong() -> None:
    assert findings({})["webchat"] == Finding("webchat: on.")
    assert works({})


def test_a_channel_that_is_off_names_what_would_switch_it_on() -> None:
    wanted = "sms: off. Set SMS__SENDER and TWILIO__ACCOUNT_SID, TWILIO__AUTH_TOKEN."
    assert findings({})["sms"] == Finding(wanted)
    assert findings({})["webhook"] == Finding("webhook: off. Set WEBHOOK__SECRET, WEBHOOK__URL.")


def test_what_the_family_has_already_is_not_asked_for_again() -> None:
    assert findings(ACCOUNT)["sms"] == Finding("sms: off. Set SMS__SENDER.")


def test_an_empty_setting_is_no_setting() -> None:
    assert findings({**ACCOUNT, "SMS__SENDER": ""})["sms"] == Finding("sms: off. Set SMS__SENDER.")


def test_a_channel_with_all_it_needs_is_on() -> None:
    everything = {**ADDRESS, **ACCOUNT, **REPORTS, **SMS}
    assert findings(everything)["sms"] == Finding("sms: on.")
    assert works(everything)


def test_a_channel_that_is_half_switched_on_cannot_work() -> None:
    sms = findings({**ADDRESS, **SMS, "TWILIO__ACCOUNT_SID": "AC1"})["sms"]
    assert sms == Finding("sms: on, but cannot work. TWILIO__AUTH_TOKEN is missing.", works=False)


def test_a_wrong_setting_is_named_where_it_was_set() -> None:
    shared = {**ADDRESS, **ACCOUNT, **REPORTS, **SMS, "TWILIO__PATIENCE_SECONDS": "soon"}
    assert "TWILIO__PATIENCE_SECONDS is wrong: input should be" in findings(shared)["sms"].line
    own = {**shared, "SMS__PATIENCE_SECONDS": "soon"}
    assert "SMS__PATIENCE_SECONDS is wrong: input should be" in findings(own)["sms"].line
    assert not works(own)


def test_a_rule_of_the_channel_is_told_in_its_own_words() -> None:
    telegram = findings({"TELEGRAM__TOKEN": SECRET, "TELEGRAM__SECRET": "s"})["telegram"]
    fault = "TELEGRAM__TOKEN is wrong: not a token as BotFather gives."
    assert telegram == Finding(f"telegram: on, but cannot work. {fault}", works=False)


def test_a_name_that_is_not_a_setting_is_pointed_out() -> None:
    line = findings({**WEBHOOK, "WEBHOOK__URLL": SECRET})["webhook"].line
    assert line == "webhook: on. WEBHOOK__URLL is not a setting."


@pytest.mark.parametrize("name", ["SMS__SENDER", "TWILIO__PATIENCE_SECONDS", "TELEGRAM__TOKEN"])
def test_no_value_is_ever_shown(name: str) -> None:
    environment = {**ACCOUNT, **SMS, **WEBHOOK, "PUBLIC_BASE_URL": SECRET, name: SECRET}
    assert not any(SECRET in finding.line for finding in findings(environment).values())


def test_a_rule_that_quotes_the_value_is_not_quoted() -> None:
    found = diagnose({"TALKATIVE__KEY": SECRET}, {"talkative": Talkative}, HEALTHY)
    fault = "talkative: on, but cannot work. TALKATIVE__KEY is wrong."
    assert found[0] == Finding(fault, works=False)


def test_without_a_public_address_a_provider_that_signs_it_is_refused() -> None:
    missing = findings({**ACCOUNT, **REPORTS, **SMS})["PUBLIC_BASE_URL"]
    assert missing.line.startswith("PUBLIC_BASE_URL: missing. All that comes for sms is refused")
    assert not missing.works


def test_a_public_address_without_https_is_refused_by_the_same() -> None:
    plain = {**ACCOUNT, **REPORTS, **SMS, "PUBLIC_BASE_URL": "http://chat.example.nl"}
    assert "does not start with https://" in findings(plain)["PUBLIC_BASE_URL"].line
    assert not works(plain)


def test_a_provider_on_this_machine_can_do_without_a_public_address() -> None:
    assert "webhook needs an address" in findings(WEBHOOK)["PUBLIC_BASE_URL"].line
    assert works(WEBHOOK)


def test_the_public_address_is_not_mentioned_when_it_is_there_or_not_needed() -> None:
    assert "PUBLIC_BASE_URL" not in findings({**ADDRESS, **ACCOUNT, **SMS})
    assert "PUBLIC_BASE_URL" not in findings({})


def test_rasa_without_a_model_or_an_environment_cannot_work() -> None:
    bare = replace(HEALTHY, rasa=False, model="")
    assert findings({}, bare)["models"].line == "models: none. Make one with `make train`."
    assert "`make bot-setup`" in findings({}, bare)["Rasa environment"].line
    assert not works({}, replace(HEALTHY, rasa=False))
    assert not works({}, replace(HEALTHY, model=""))


def test_the_scripted_assistant_needs_neither() -> None:
    assert works({}, replace(HEALTHY, needs_rasa=False, rasa=False, model=""))


def test_a_database_that_cannot_be_used_is_told() -> None:
    away = replace(HEALTHY, database="postgresql", trouble="it cannot be reached")
    expected = Finding("database: postgresql, but it cannot be reached.", works=False)
    assert findings({}, away)["database"] == expected
