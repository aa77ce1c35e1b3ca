"""What is switched on, what is off, and what is missing: the pure part of ``make doctor``.

Settings are named, their values never shown: half of them are secrets.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from channels.port import Channel
from handoff.back_office_check import vera_faults
from handoff.settings import BackOfficeSettings, channel_settings

_PUBLIC_ADDRESS = "PUBLIC_BASE_URL"
_OWN_ADDRESS = "public_base_url"
_MISSING = "missing"
_RULE_OF_OURS = "Value error, "

Given = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line for whoever asks. ``works`` is False when what is switched on cannot work."""

    line: str
    works: bool = True


@dataclass(frozen=True, slots=True)
class Premises:
    """What was found on this machine."""

    needs_rasa: bool
    rasa: bool
    """The assistant's environment is there."""
    model: str
    """File name of the newest model, "" when there is none."""
    database: str
    """What kind of database, in words; no address, which may hold a password."""
    trouble: str = ""
    """Why the database cannot be used, "" when it can."""
    back_office: BackOfficeSettings = field(default_factory=BackOfficeSettings)
    """The corporation's own systems."""


def diagnose(
    environment: Mapping[str, str], kinds: Mapping[str, type[Channel]], premises: Premises
) -> list[Finding]:
    """One finding per channel, then the public address when it matters, then the machine."""
    given = channel_settings(environment)
    switches = [_Switch(kind, given) for _, kind in sorted(kinds.items())]
    return [
        *(switch.finding() for switch in switches),
        *_public_address(environment.get(_PUBLIC_ADDRESS, ""), switches),
        _models(premises),
        _database(premises),
        _back_office(premises.back_office),
        _rasa(premises),
    ]


class _Switch:
    """One channel beside the settings that are there for it."""

    def __init__(self, kind: type[Channel], given: Given) -> None:
        self.name = kind.name
        self.provider = kind.capabilities.push
        self._settings: type[BaseModel] | None = getattr(kind, "Settings", None)
        self._family: str = getattr(kind, "family", kind.name)
        self._own = given.get(self.name, {})
        self._values = {**given.get(self._family, {}), **self._own}

    @property
    def on(self) -> bool:
        return self._settings is None or bool(self._own)

    @property
    def knows_its_address(self) -> bool:
        """Its provider signs the address too, so it cannot do without."""
        return self._settings is not None and _OWN_ADDRESS in self._settings.model_fields

    def finding(self) -> Finding:
        if self._settings is None:
            return Finding(f"{self.name}: on.")
        missing, wrong = self._errors(self._settings)
        unknown = [f"{name} is not a setting." for name in self._unknown(self._settings)]
        if not self._own:
            return Finding(f"{self.name}: off. {self._wanted(missing)}")
        if missing or wrong:
            faults = [*(f"{self._variable(field)} is missing." for field in missing), *wrong]
            return Finding(_sentences(f"{self.name}: on, but cannot work.", faults, unknown), False)
        return Finding(_sentences(f"{self.name}: on.", unknown))

    def _errors(self, settings: type[BaseModel]) -> tuple[list[str], list[str]]:
        """Fields that are missing, and sentences on values that are wrong."""
        try:
            settings.model_validate(self._values)
        except ValidationError as invalid:
            errors = invalid.errors(include_url=False, include_context=False, include_input=False)
            missing = [str(error["loc"][0]) for error in errors if error["type"] == _MISSING]
            wrong = [
                self._wrong(error["loc"], error["msg"])
                for error in errors
                if error["type"] != _MISSING
            ]
            return missing, wrong
        return [], []

    def _wrong(self, place: Sequence[int | str], why: str) -> str:
        if not place:
            return "Its settings do not go together."
        field = str(place[0])
        value = str(self._values.get(field, ""))
        why = why.removeprefix(_RULE_OF_OURS)
        # A rule of a channel may quote what it was given, and that may be a secret.
        reason = "" if value in why else f": {why[0].lower()}{why[1:]}"
        return f"{self._variable(field)} is wrong{reason}."

    def _wanted(self, missing: Iterable[str]) -> str:
        variables = [self._variable(field) for field in missing]
        own = [name for name in variables if name.startswith(_prefix(self.name))]
        shared = [name for name in variables if name not in own]
        groups = [", ".join(group) for group in (own, shared) if group]
        return f"Set {' and '.join(groups) or f'a setting {_prefix(self.name)}...'}."

    def _variable(self, field: str) -> str:
        """Where the setting came from, else where it belongs: what a family shares, with it."""
        if field in self._own or field in inspect.get_annotations(self._settings or BaseModel):
            return f"{_prefix(self.name)}{field.upper()}"
        return f"{_prefix(self._family)}{field.upper()}"

    def _unknown(self, settings: type[BaseModel]) -> list[str]:
        return [
            self._variable(field) for field in self._values if field not in settings.model_fields
        ]


def _public_address(address: str, switches: Iterable[_Switch]) -> list[Finding]:
    """Nothing to say when it is right or no provider is on."""
    providers = [switch for switch in switches if switch.on and switch.provider]
    strict = [switch.name for switch in providers if switch.knows_its_address]
    if not providers or address.startswith("https://") or (address and not strict):
        return []
    fault = "does not start with https://" if address else "missing"
    if strict:
        why = f"All that comes for {', '.join(strict)} is refused: its signature covers the address"
        return [Finding(f"{_PUBLIC_ADDRESS}: {fault}. {why}.", False)]
    names = ", ".join(switch.name for switch in providers)
    return [Finding(f"{_PUBLIC_ADDRESS}: {fault}. Outside this machine {names} needs an address.")]


def _models(premises: Premises) -> Finding:
    if not premises.needs_rasa:
        return Finding("models: not needed, BOT is not rasa.")
    if premises.model:
        return Finding(f"models: {premises.model}.")
    return Finding("models: none. Make one with `make train`.", False)


def _database(premises: Premises) -> Finding:
    if premises.trouble:
        return Finding(f"database: {premises.database}, but {premises.trouble}.", False)
    return Finding(f"database: {premises.database}.")


def _back_office(settings: BackOfficeSettings) -> Finding:
    if settings.kind != "vera":
        kind = settings.kind or "not set: the invented tenants in the demo, else none"
        return Finding(f"back office: {kind}.")
    faults = vera_faults(settings)
    if faults:
        return Finding(_sentences("back office: vera, but cannot work.", faults), False)
    return Finding("back office: vera.")


def _rasa(premises: Premises) -> Finding:
    if premises.rasa:
        return Finding("Rasa environment: present.")
    how = "missing. Make it with `make bot-setup`; it needs Python 3.10"
    return Finding(f"Rasa environment: {how}.", not premises.needs_rasa)


def _prefix(name: str) -> str:
    return f"{name.upper()}__"


def _sentences(first: str, *others: Iterable[str]) -> str:
    return " ".join([first, *(sentence for group in others for sentence in group)])
