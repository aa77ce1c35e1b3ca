"""Twilio's published description of its REST API, and whether an answer keeps to it.

The description stands beside the repository (``SPECS_DIR``, else ``../shared/specs``); it is not
ours to copy. A test that needs it fails without it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "object": (dict,),
    "array": (list,),
}
_RFC_2822 = re.compile(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000")


@cache
def description(of: str = "twilio_api_v2010") -> Mapping[str, Any]:
    folder = Path(os.environ.get("SPECS_DIR", REPOSITORY.parent / "shared" / "specs"))
    found: Mapping[str, Any] = json.loads((folder / f"twilio/{of}.json").read_text())
    return found


def answer_schema(path: str, method: str, status: str) -> Mapping[str, Any]:
    """What the description says is answered; ``path`` is below the account."""
    operation = description()["paths"]["/2010-04-01/Accounts/{AccountSid}" + path][method]
    schema: Mapping[str, Any] = operation["responses"][status]["content"]["application/json"][
        "schema"
    ]
    return schema


def form_fields(path: str, method: str) -> frozenset[str]:
    """The fields that a request may have."""
    operation = description()["paths"]["/2010-04-01/Accounts/{AccountSid}" + path][method]
    content = operation["requestBody"]["content"]["application/x-www-form-urlencoded"]
    return frozenset(content["schema"]["properties"])


def content_schema(name: str) -> Mapping[str, Any]:
    """A part of the description of the Content API, with the parts that it is made of put in."""
    parts = description("twilio_content_v1")["components"]["schemas"]

    def whole(schema: Any) -> Any:
        if isinstance(schema, list):
            return [whole(one) for one in schema]
        if not isinstance(schema, dict):
            return schema
        if "$ref" in schema:
            return whole(parts[schema["$ref"].rsplit("/", 1)[-1]])
        return {key: whole(value) for key, value in schema.items()}

    found: Mapping[str, Any] = whole(parts[name])
    return found


def faults(value: object, schema: Mapping[str, Any], where: str = "") -> list[str]:
    """Where the value is not as described: names, types, patterns, lists of values, dates.

    Where the description names no property as required, all of them must be there, and no other.
    """
    if "$ref" in schema:
        schema = description()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    if value is None:
        return [] if schema.get("nullable") else [f"{where} is null"]
    if not isinstance(value, _TYPES[schema["type"]]) or isinstance(value, bool):
        return [f"{where} is a {type(value).__name__}"]
    if isinstance(value, dict) and "properties" in schema:
        known = schema["properties"]
        absent = set(schema.get("required", known)) - value.keys()
        strange = absent | (value.keys() - known.keys())
        wrong = [f"{where}.{name} is missing or unknown" for name in strange]
        for name in value.keys() & known.keys():
            wrong += faults(value[name], known[name], f"{where}.{name}")
        return wrong
    if isinstance(value, list):
        return [fault for one in value for fault in faults(one, schema["items"], f"{where}[]")]
    return [f"{where} is {value!r}"] if isinstance(value, str) and not _fits(value, schema) else []


def _fits(value: str, schema: Mapping[str, Any]) -> bool:
    return (
        value in schema.get("enum", [value])
        and re.search(schema.get("pattern", ""), value) is not None
        and (schema.get("format") != "date-time-rfc-2822" or _RFC_2822.fullmatch(value) is not None)
    )
