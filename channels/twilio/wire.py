"""Who sent this request: Twilio's signature over the address and the form, or over a body's hash.

A signature carries no time, so an old request can come again for ever; the hub drops it by its id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from twilio.request_validator import (  # type: ignore[import-untyped]
    HMAC_SHA1,
    HMAC_SHA256,
    RequestValidator,
    get_signature_algorithm,
)

from channels.port import BadSignature, NotUnderstood, RawRequest

SIGNATURE = "x-twilio-signature"
SIGNATURE_SETTINGS = "x-twilio-webhooks-signature-settings"
DEFAULT_BASE_URL = "https://api.twilio.com"
_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"
_BODY_HASH = "bodySHA256"
_MOST_FIELDS = 500


class AccountSettings(BaseModel):
    """One Twilio account. ``TWILIO__...`` serves every channel of the family."""

    model_config = ConfigDict(hide_input_in_errors=True)

    account_sid: str = Field(min_length=1)
    auth_token: SecretStr = Field(min_length=1)
    """The primary token; Twilio signs with no other, not even when calls use an API key."""
    shared_key: SecretStr = SecretStr("")
    """Set: requests must be signed with this key and SHA-256; the token signs nothing any more."""
    base_url: str = DEFAULT_BASE_URL
    public_base_url: str = ""
    """Where Twilio reaches us. Empty: it is not asked to report what became of a message."""
    patience_seconds: float = Field(default=10.0, gt=0)
    media_hosts: str = ".twiliocdn.com"
    """Where Twilio's files may lie besides with itself: hosts, by comma; ".x" is all below x."""


class Form:
    """A form as it was posted: every pair, also blank and repeated ones.

    The signature covers all of them, so nothing may be dropped before it is checked. It is also the
    mapping that ``RequestValidator`` takes.
    """

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def getlist(self, name: str) -> list[str]:
        """All values of a field, in their order."""
        return self._values.get(name, [])

    def one(self, name: str) -> str:
        """The value of a field, "" when it is not there.

        Raises:
            NotUnderstood: it has two different values. The order of values is not signed, so
                whoever repeats an old request could choose which comes first.
        """
        values = set(self.getlist(name))
        if len(values) > 1:
            raise NotUnderstood(f"{name} was given twice")
        return values.pop() if values else ""


def read_form(request: RawRequest) -> Form:
    """The form in the body.

    Raises:
        NotUnderstood: the body is not a form in UTF-8.
    """
    if _content_type(request) != _FORM:
        raise NotUnderstood("the body is not a form")
    try:
        text = request.body.decode()
        pairs = parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError as wrong:
        raise NotUnderstood("the body is not a form in UTF-8") from wrong
    return Form(pairs)


def verify(request: RawRequest, account: AccountSettings) -> None:
    """Check that Twilio sent this, for our account, over https.

    Raises:
        BadSignature: anything else.
    """
    if urlsplit(request.url).scheme != "https":
        raise BadSignature("requests of Twilio are taken over https only")
    secret, algorithm = _expected(request.headers, account)
    signed = _signed_content(request)
    validator = RequestValidator(secret)
    given = request.headers.get(SIGNATURE, "")
    try:
        genuine = validator.validate(request.url, signed, given, algorithm)
    except ValueError as wrong:  # a port that is no number, half a surrogate pair
        raise BadSignature("the request cannot be checked") from wrong
    if not genuine:
        raise BadSignature("the request was not signed with our secret")
    if isinstance(signed, Form):
        _check_account(signed, account)


def as_stream(url: str) -> str:
    """The address of a WebSocket beside our public one: https becomes wss."""
    return "ws" + url.removeprefix("http") if url.startswith("http") else url


def verify_stream(url: str, headers: Mapping[str, str], account: AccountSettings) -> None:
    """Check that Twilio opens this WebSocket. ``url`` is https; the one that is signed is wss.

    Raises:
        BadSignature: anything else.
    """
    if urlsplit(url).scheme != "https":
        raise BadSignature("streams of Twilio are taken over wss only")
    secret, algorithm = _expected(headers, account)
    given = headers.get(SIGNATURE, "")
    try:
        genuine = RequestValidator(secret).validate(as_stream(url), {}, given, algorithm)
    except ValueError as wrong:
        raise BadSignature("the stream cannot be checked") from wrong
    if not genuine:
        raise BadSignature("the stream was not signed with our secret")


def _expected(headers: Mapping[str, str], account: AccountSettings) -> tuple[str, str]:
    """The secret and the algorithm that must have been used; the header may only agree."""
    named = get_signature_algorithm(headers.get(SIGNATURE_SETTINGS, "")).upper()
    shared_key = account.shared_key.get_secret_value()
    if shared_key:
        secret, required = shared_key, HMAC_SHA256
    else:
        secret, required = account.auth_token.get_secret_value(), HMAC_SHA1
    if named != required:
        raise BadSignature("signed in another way than was agreed")
    return secret, required


def _signed_content(request: RawRequest) -> Form | str:
    """What the validator must see. A dict beside a body hash would leave the body unchecked."""
    kind = _content_type(request)
    try:
        if kind == _FORM:
            return read_form(request)
        text = request.body.decode()
    except (NotUnderstood, ValueError) as wrong:
        raise BadSignature("the body cannot be read, so it cannot be checked") from wrong
    names = [name for name, value in parse_qsl(urlsplit(request.url).query) if value]
    if kind != _JSON or names.count(_BODY_HASH) != 1:
        # Without the hash the signature says nothing of this body, and the validator would raise.
        raise BadSignature("the signature does not cover the body")
    return text


def _check_account(form: Form, account: AccountSettings) -> None:
    try:
        theirs = form.one("AccountSid")
    except NotUnderstood as twice:
        raise BadSignature("two accounts") from twice
    if theirs != account.account_sid:
        raise BadSignature("of another account")


def _content_type(request: RawRequest) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
