"""How the bot of this installation is set up."""

from __future__ import annotations

import hashlib
import hmac
import re

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{1,100}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class TelegramSettings(BaseModel):
    """``TELEGRAM__TOKEN`` switches the channel on."""

    model_config = ConfigDict(hide_input_in_errors=True)

    token: SecretStr
    """What BotFather gave: ``<bot id>:<key>``."""
    secret: SecretStr | None = None
    """What Telegram sends along with each update. Not given: made from the token."""
    base_url: str = "https://api.telegram.org"
    patience_seconds: float = Field(default=10.0, gt=0)
    username: str = ""
    """The bot's name without @, to notice that a group calls it; replies are noticed without."""
    polling: bool = False
    """Fetch updates instead of having them posted: for a machine without public address."""
    poll_seconds: float = Field(default=25.0, ge=0, le=50)
    """How long Telegram keeps a fetch open while there is nothing."""
    max_connections: int = Field(default=40, ge=1, le=100)
    """How many updates Telegram posts at the same time, of different chats."""

    @field_validator("token")
    @classmethod
    def _is_a_token(cls, token: SecretStr) -> SecretStr:
        return _shaped(token, _TOKEN, "not a token as BotFather gives")

    @field_validator("secret")
    @classmethod
    def _is_a_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is None:
            return None
        return _shaped(secret, _SECRET, "Telegram takes 1 to 256 of A-Z a-z 0-9 _ -")

    @property
    def shared_secret(self) -> str:
        """The same in every process of this installation, also when nobody thought of one."""
        if self.secret is not None:
            return self.secret.get_secret_value()
        key = self.token.get_secret_value().encode()
        return hmac.new(key, b"thuisbalie webhook", hashlib.sha256).hexdigest()


def _shaped(secret: SecretStr, shape: re.Pattern[str], otherwise: str) -> SecretStr:
    if not shape.fullmatch(secret.get_secret_value()):
        raise ValueError(otherwise)
    return secret
