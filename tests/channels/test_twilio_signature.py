"""Who may speak as Twilio: only what it signed, with the secret and the algorithm agreed on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
from pydantic import SecretStr
from twilio.request_validator import RequestValidator

from channels.port import BadSignature, NotUnderstood, RawRequest
from channels.twilio.wire import AccountSettings, Form, read_form, verify

pytestmark = pytest.mark.unit

URL = "https://balie.example/channels/sms"
SID, TOKEN, SHARED = "AC00000000000000000000000000000001", "het-token", "de-gedeelde-sleutel"
FORM_TYPE, JSON_TYPE = "application/x-www-form-urlencoded; charset=UTF-8", "application/json"
FIELDS = [("AccountSid", SID), ("Body", "De kraan lekt"), ("From", "+31600000001")]
BY_SHARED_KEY = "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"

Pairs = list[tuple[str, str]]


def account(shared_key: str = "") -> AccountSettings:
    keys = {"auth_token": SecretStr(TOKEN), "shared_key": SecretStr(shared_key)}
    return AccountSettings(account_sid=SID, **keys)


def signature(
    url: str, pairs: Pairs, secret: str = TOKEN, algorithm: str | None = None
) -> dict[str, str]:
    found = RequestValidator(secret).compute_signature(url, Form(pairs), algorithm)
    return {"x-twilio-signature": found}


def post(
    pairs: Pairs, headers: Mapping[str, str], url: str = URL, body: bytes | None = None
) -> RawRequest:
    content = urlencode(pairs).encode() if body is None else body
    return RawRequest("POST", url, {"content-type": FORM_TYPE, **headers}, content)


def post_json(
    body: bytes, *, hashed: bytes | None = None, kind: str = JSON_TYPE, query: str = ""
) -> RawRequest:
    """A JSON webhook: the signature covers the address, and the address a hash of the body."""
    digest = hashlib.sha256(body if hashed is None else hashed).hexdigest()
    url = f"{URL}?{query or f'bodySHA256={digest}'}"
    return RawRequest("POST", url, {"content-type": kind, **signature(url, [])}, body)


def refused(request: RawRequest, shared_key: str = "") -> None:
    with pytest.raises(BadSignature):
        verify(request, account(shared_key))


def test_a_form_that_twilio_signed_is_taken() -> None:
    verify(post(FIELDS, signature(URL, FIELDS)), account())


@pytest.mark.parametrize(
    "more",
    [
        [("ToCity", ""), ("ToState", "")],
        [("Body", "De kraan lekt nog"), ("Body", "  met blanken om zich heen ")],
        [("Tag", "b"), ("Tag", "a"), ("Tag", "")],
        [("AddedLater", "een veld dat wij niet kennen")],
        [("Label", "Café één 🙈 & meer=minder")],
        [("", "zonder naam")],
    ],
)
def test_blank_repeated_unknown_and_strange_fields_are_signed_too(more: Pairs) -> None:
    pairs = FIELDS + more
    verify(post(pairs, signature(URL, pairs)), account())
    refused(post(FIELDS, signature(URL, pairs)))
    refused(post(pairs, signature(URL, FIELDS)))


def test_the_query_of_a_status_callback_is_signed_too() -> None:
    signed = signature(f"{URL}?mid=m-1", FIELDS)
    verify(post(FIELDS, signed, f"{URL}?mid=m-1"), account())
    refused(post(FIELDS, signed, f"{URL}?mid=m-2"))
    refused(post(FIELDS, signed, URL))


@pytest.mark.parametrize("signed_for", [f"{URL}", "https://balie.example:443/channels/sms"])
def test_the_usual_port_may_be_in_the_signed_address_or_not(signed_for: str) -> None:
    verify(post(FIELDS, signature(signed_for, FIELDS)), account())


@pytest.mark.parametrize(
    "inside",
    [
        "http://127.0.0.1:8000/channels/sms",
        "https://127.0.0.1:8000/channels/sms",
        "https://elders.example/channels/sms",
        "https://balie.example/channels/whatsapp",
        "/channels/sms",
    ],
)
def test_what_was_signed_for_another_address_is_refused(inside: str) -> None:
    refused(post(FIELDS, signature(URL, FIELDS), inside))


@pytest.mark.parametrize("url", [URL.replace("https", "http"), URL.replace("https", "wss"), ""])
def test_only_https_is_taken_however_well_it_is_signed(url: str) -> None:
    refused(post(FIELDS, signature(url, FIELDS), url))


def test_an_address_with_a_port_that_is_no_number_is_refused() -> None:
    refused(post(FIELDS, signature(URL, FIELDS), "https://balie.example:poort/channels/sms"))


@pytest.mark.parametrize("given", ["", " ", "é", "AAAA", "=" * 28])
def test_no_signature_or_a_made_up_one_is_refused(given: str) -> None:
    refused(post(FIELDS, {"x-twilio-signature": given}))
    refused(post(FIELDS, {}))


def test_another_secret_is_refused() -> None:
    refused(post(FIELDS, signature(URL, FIELDS, "het-tweede-token")))


def test_a_form_of_another_account_is_refused() -> None:
    other = [("AccountSid", "AC00000000000000000000000000000002"), *FIELDS[1:]]
    refused(post(other, signature(URL, other)))
    refused(post(FIELDS[1:], signature(URL, FIELDS[1:])))
    both = [*FIELDS, *other]
    refused(post(both, signature(URL, both)))


@pytest.mark.parametrize("body", [b"Body=%ff", b"Body=\xff", b"a=1&" * 600])
def test_a_form_that_cannot_be_read_is_refused(body: bytes) -> None:
    refused(post([], signature(URL, []), body=body))


def test_a_json_body_is_taken_when_its_hash_was_signed() -> None:
    verify(post_json(b'{"a": "\xc3\xa9"}'), account())


def test_a_changed_json_body_is_refused() -> None:
    refused(post_json(b'{"a": 2}', hashed=b'{"a": 1}'))


@pytest.mark.parametrize("query", ["mid=m-1", "bodySHA256=", "bodySHA256=a&bodySHA256=b"])
def test_a_json_body_without_one_signed_hash_is_refused(query: str) -> None:
    refused(post_json(b'{"a": 1}', query=query))


def test_a_json_body_that_is_no_text_is_refused_and_breaks_nothing() -> None:
    refused(post_json(b"\xff\xfe"))


@pytest.mark.parametrize("kind", [FORM_TYPE, "", "text/plain", "multipart/form-data"])
def test_a_hash_in_the_address_lets_no_other_kind_of_body_pass_unchecked(kind: str) -> None:
    body = urlencode(FIELDS).encode()
    refused(post_json(body, hashed=b'{"a": 1}', kind=kind))
    refused(post_json(b"", hashed=b'{"a": 1}', kind=kind))


def test_a_form_with_a_hash_in_its_address_is_checked_as_a_form() -> None:
    url = f"{URL}?bodySHA256={'0' * 64}"
    verify(post(FIELDS, signature(url, FIELDS), url), account())
    changed = [*FIELDS[:1], ("Body", "iets anders"), *FIELDS[2:]]
    refused(post(changed, signature(url, FIELDS), url))


def by_shared_key(header: str, algorithm: str | None = "HMAC_SHA256") -> RawRequest:
    signed = signature(URL, FIELDS, SHARED, algorithm)
    return post(FIELDS, {**signed, "x-twilio-webhooks-signature-settings": header})


@pytest.mark.parametrize("header", [BY_SHARED_KEY, "algorithm=hmac_sha256", BY_SHARED_KEY + ",x=y"])
def test_a_shared_key_signs_with_sha_256(header: str) -> None:
    verify(by_shared_key(header), account(SHARED))


@pytest.mark.parametrize(
    "header", ["", "key=webhooks_sharedkey_1", "algorithm=HMAC_SHA1", "algorithm=NONE", "é"]
)
@pytest.mark.parametrize("algorithm", ["HMAC_SHA1", "HMAC_SHA256"])
def test_the_header_cannot_ask_for_a_weaker_algorithm(header: str, algorithm: str) -> None:
    refused(by_shared_key(header, algorithm), SHARED)


def test_the_token_signs_nothing_once_there_is_a_shared_key() -> None:
    refused(post(FIELDS, signature(URL, FIELDS)), SHARED)
    settings = {"x-twilio-webhooks-signature-settings": BY_SHARED_KEY}
    by_token = signature(URL, FIELDS, TOKEN, "HMAC_SHA256")
    refused(post(FIELDS, {**by_token, **settings}), SHARED)


def test_a_shared_key_that_was_not_agreed_on_is_refused() -> None:
    refused(by_shared_key(BY_SHARED_KEY))
    settings = {"x-twilio-webhooks-signature-settings": BY_SHARED_KEY}
    by_token = signature(URL, FIELDS, TOKEN, "HMAC_SHA256")
    refused(post(FIELDS, {**by_token, **settings}))


def test_a_field_with_two_values_has_no_value_but_a_repeated_one_has() -> None:
    form = read_form(post([("Body", "a"), ("Body", "b"), ("From", "c"), ("From", "c")], {}))
    assert form.one("From") == "c" and form.one("To") == ""
    with pytest.raises(NotUnderstood):
        form.one("Body")
