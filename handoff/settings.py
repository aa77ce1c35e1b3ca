"""Settings, from the environment. Safe by default: the demo must be asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class RateLimitSettings(BaseModel):
    """``RATE_LIMIT__ENABLED=false`` switches all of them off (load tests on loopback only)."""

    enabled: bool = True
    open: str = "600/minute"
    message: str = "300/minute"
    photo: str = "20/minute"
    login_address: str = "60/minute"
    login_name: str = "20/5minute"
    login_code: str = "10/5minute"


class WidgetSettings(BaseModel):
    """``WIDGET__ALLOWED_ORIGINS=https://www.delinde.nl,https://mijn.delinde.nl``: sites on which
    the web chat may stand (docs/channels/webchat.md). Empty: our own pages only."""

    allowed_origins: str = ""


class SecondReaderSettings(BaseModel):
    """``SECOND_READER__URL=http://127.0.0.1:8080/v1``: a language model of the corporation's own.

    Empty: off. It sees masked text of messages that the assistant is unsure of (docs/nlu.md).
    """

    url: str = ""
    model: str = ""
    key: SecretStr = SecretStr("")


class ReconcileSettings(BaseModel):
    """``RECONCILE__EVERY_MINUTES=0`` switches it off (docs/operations.md)."""

    every_minutes: float = Field(default=5.0, ge=0)
    """How often a provider's own list of messages is read for what its webhook did not bring."""
    first_hours: float = Field(default=4.0, ge=0)
    """How far back the very first look goes."""


class OnCallSettings(BaseModel):
    """``ONCALL__NUMBER=+31612345678``: whose phone gets an SMS for danger outside opening hours.

    Empty: the alarm stands in the log and in the console only.
    """

    number: str = ""


class AccountSettings(BaseModel):
    """``ACCOUNTS__REQUIRE_TOTP=true``: team leads and administrators need a second factor.

    Not set: true, and false in the demo. ``ACCOUNTS__KEY`` encrypts the secrets of second
    factors, 32 characters or more; empty: a key is made in ``DATA_DIR`` (docs/accounts.md).
    """

    require_totp: bool | None = None
    key: SecretStr = SecretStr("")


class SignOnSettings(BaseModel):
    """``SSO__ISSUER=https://login.microsoftonline.com/<tenant>/v2.0``: single sign-on.

    Empty: off. ``SSO__ROLES`` says which group or app role gives which role of ours:
    ``Balie=agent,Teamleiders=agent+lead`` (docs/accounts.md).
    """

    issuer: str = ""
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    label: str = ""
    """The name on the button, for example of the corporation. Empty: a plain one."""
    roles_claim: str = "roles"
    subject_claim: str = "sub"
    """``oid`` for Entra ID: the same person in every app of the tenant."""
    roles: str = ""


class IdentitySettings(BaseModel):
    """``IDENTITY__FAILURES=5``: how often identity may be tried (docs/identity.md)."""

    claimed_minutes: int = Field(default=60, ge=1)
    """How long postcode, house number and birth date hold, or a code to the own number."""
    verified_minutes: int = Field(default=30, ge=1)
    failures: int = Field(default=5, ge=1)
    """In 24 hours, per conversation, per home and per contact; then a person goes on."""
    failures_per_origin: int = Field(default=20, ge=1)
    """In 24 hours, per place on the internet or phone number: many homes may share one."""
    failures_overall: int = Field(default=200, ge=1)
    """In 24 hours, by all together; then only people identify, and the log says so."""
    codes_an_hour: int = Field(default=3, ge=1)
    """Per conversation, contact, home, relatie and number."""
    codes_overall_an_hour: int = Field(default=200, ge=1)
    links_an_hour: int = Field(default=5, ge=1)
    links_overall_an_hour: int = Field(default=500, ge=1)


class PortalSettings(BaseModel):
    """``PORTAL__ISSUER=https://mijn.delinde.nl``: tenants prove who they are in the portal.

    Empty: off. ``PORTAL__RELATIE_CLAIM`` names the claim that holds the back office's id.
    """

    issuer: str = ""
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    relatie_claim: str = "relatie_id"


class BackOfficeSettings(BaseModel):
    """``BACKOFFICE__KIND=vera``: the corporation's own systems (docs/back-office.md).

    Not set: the invented tenants in the demo, and none otherwise.
    """

    kind: Literal["", "none", "demo", "vera"] = ""
    contact_moments: Literal["ask", "always", "never"] = "ask"
    """At the end of a conversation: ask staff, or write one always or never."""
    url: str = ""
    """Where VERA's paths are, for example ``https://api.delinde.nl/vera/v4``."""
    urls: dict[str, str] = {}
    """Domains with an address of their own: ``BACKOFFICE__URLS__RELATIES=https://...``."""
    api_key: SecretStr = SecretStr("")
    token_url: str = ""
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    database_url: str = ""
    """For ``demo``. Empty: an SQLite file in ``DATA_DIR``."""
    give_up_hours: float = Field(default=24.0, gt=0)
    """How long a request that it could not take is tried again, before a person does it."""


class Settings(BaseSettings):
    """How this installation runs. Every name is also the name of the environment variable."""

    model_config = SettingsConfigDict(env_nested_delimiter="__", extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65_535)
    data_dir: Path = Path("var")
    database_url: str = ""
    """Empty: an SQLite file in ``DATA_DIR``. Else e.g. ``postgresql+psycopg://...``."""
    public_base_url: str = ""
    bot: Literal["rasa", "scripted"] = "rasa"
    scripted_file: Path = Path("data/scripted.yml")
    models: Path = Path("models")
    demo: bool = False
    demo_user: str = "fatma"
    demo_password: SecretStr | None = None
    demo_lead: bool = True
    """Whether the demo has a login that may do everything, beside those of two agents."""
    demo_history: bool = True
    """Whether a fresh demo begins with the figures of an invented past, for the reports."""
    demo_now: datetime | None = None
    rate_limit: RateLimitSettings = RateLimitSettings()
    widget: WidgetSettings = WidgetSettings()
    second_reader: SecondReaderSettings = SecondReaderSettings()
    oncall: OnCallSettings = OnCallSettings()
    reconcile: ReconcileSettings = ReconcileSettings()
    accounts: AccountSettings = AccountSettings()
    sso: SignOnSettings = SignOnSettings()
    identity: IdentitySettings = IdentitySettings()
    portal: PortalSettings = PortalSettings()
    backoffice: BackOfficeSettings = BackOfficeSettings()
    log_level: str = "WARNING"

    @property
    def store_url(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'thuisbalie.sqlite'}"

    @property
    def shelf(self) -> Path:
        """The folder of the photos and other files that tenants send."""
        return self.data_dir / "media"

    @property
    def on_sqlite(self) -> bool:
        return self.store_url.startswith("sqlite")


def channel_settings(environment: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Settings per channel: ``TELEGRAM__TOKEN=x`` becomes ``{"telegram": {"token": "x"}}``."""
    found: dict[str, dict[str, Any]] = {}
    for name, value in environment.items():
        channel, separator, key = name.partition("__")
        if separator and value:
            found.setdefault(channel.lower(), {})[key.lower()] = value
    return found
