"""VERA's published descriptions, read as strictly as they are meant.

Stricter than the letter: a field that a description does not name is refused, a code must stand in
the reference data, and a pattern that only the explanation of a field holds counts. Looser in one
place: where an object may be ``oneOf`` several kinds, the kinds have no required fields, so that
everything fits all of them and, by the letter, nothing fits exactly one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml

_REFERENCE = re.compile(r"Referentiedata: ([A-Z]+)")
_PATTERN = re.compile(r"Validatie-regex: (\S+)")
_REQUIRED = "Dit attribuut is verplicht"
_CHECKED_FORMATS = frozenset({"date", "date-time", "uri"})
_MOST = 5

Schema = Mapping[str, Any]
Codes = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Operation:
    domain: str
    path: str
    method: str
    description: Schema

    @property
    def list_of(self) -> bool:
        return "{id}" not in self.path


class Description:
    """One domain or chain process."""

    def __init__(self, domain: str, folder: Path) -> None:
        self.domain = domain
        with (folder / f"{domain}.yaml").open(encoding="utf-8") as file:
            self._raw = yaml.load(file, Loader=yaml.CSafeLoader)
        self._parts: Mapping[str, Schema] = self._raw["components"]["schemas"]
        self._codes = reference_data(folder)
        self._checks: dict[tuple[str, bool], Any] = {}

    def operation(self, method: str, path: str) -> Operation | None:
        found = self._raw["paths"].get(path, {}).get(method.lower())
        return Operation(self.domain, path, method.upper(), found) if found else None

    def scopes(self, operation: Operation) -> frozenset[str]:
        """Any of these is enough."""
        return frozenset(
            scope for one in operation.description["security"] for scope in one.get("OAuth2", ())
        )

    def query_faults(self, operation: Operation, query: Mapping[str, str]) -> list[str]:
        known: dict[str, Schema] = {}
        for one in self._parameters(operation, "query"):
            schema = one["schema"]
            if one.get("explode"):
                known |= self._plain(schema)
            else:
                known[one["name"]] = self._resolved(schema)
        return self._value_faults(query, known)

    def header_faults(self, operation: Operation, headers: Mapping[str, str]) -> list[str]:
        known = {
            one["name"]: self._resolved(one["schema"])
            for one in self._parameters(operation, "header")
        }
        given = {name: value for name, value in headers.items() if name.startswith("X-")}
        given.pop("X-API-KEY", None)
        return self._value_faults(given, known)

    def body_faults(self, operation: Operation, body: Any) -> list[str]:
        content = operation.description["requestBody"]["content"]
        schema = content["application/json"]["schema"]
        return self._faults(schema, body, complete=operation.method == "POST")

    def answer_faults(self, operation: Operation, status: int, body: Any) -> list[str]:
        responses = operation.description["responses"]
        described = responses.get(str(status), responses["default"])
        if "content" not in described:
            return [] if body is None else ["a body where none is described"]
        schema = described["content"]["application/json"]["schema"]
        if schema.get("type") == "array":
            if len(body) > schema.get("maxItems", len(body)):
                return ["too many on a page"]
            found = (self._faults(schema["items"], one, complete=True) for one in body)
            return [fault for faults in found for fault in faults]
        return self._faults(schema, body, complete=True)

    def named(self, codes: str, code: str) -> dict[str, str]:
        return {"code": code, "naam": self._codes[codes][code]}

    def _parameters(self, operation: Operation, place: str) -> Iterator[Schema]:
        for one in operation.description["parameters"]:
            if "$ref" in one:
                one = self._raw["components"]["parameters"][one["$ref"].rsplit("/", 1)[-1]]
            if one["in"] == place:
                yield one

    def _plain(self, schema: Schema) -> dict[str, Schema]:
        """Fields that a query can hold: what an object or a list becomes there is not defined."""
        return {
            name: one
            for name, one in self._fields(schema).items()
            if one.get("type") in ("string", "integer", "number", "boolean")
        }

    def _value_faults(self, given: Mapping[str, str], known: Mapping[str, Schema]) -> list[str]:
        faults = []
        for name, text in given.items():
            schema = known.get(name)
            if schema is None:
                faults.append(f"{name} is not described")
            elif schema.get("type") in ("integer", "number"):
                if not re.fullmatch(r"-?\d+(\.\d+)?", text):
                    faults.append(f"{name} is not a number")
            elif not jsonschema_rs.Draft4Validator(_scalar(schema), validate_formats=True).is_valid(
                text
            ):
                faults.append(f"{name} is not as described")
        return faults

    def _faults(self, schema: Schema, value: Any, complete: bool) -> list[str]:
        name = schema["$ref"].rsplit("/", 1)[-1]
        check = self._checks.get((name, complete)) or self._compiled(name, complete)
        found = check.iter_errors(value)
        return [
            f"{name} {'.'.join(map(str, one.instance_path))}: {one.message[:120]}"
            for one, _ in zip(found, range(_MOST), strict=False)
        ]

    def _compiled(self, name: str, complete: bool) -> Any:
        definitions: dict[str, Schema] = {}
        waiting = [name]
        while waiting:
            part = waiting.pop()
            if part in definitions:
                continue
            definitions[part] = self._closed(part, complete)
            waiting += _referred(definitions[part])
        schema = {"$ref": f"#/definitions/{name}", "definitions": definitions}
        check = jsonschema_rs.Draft4Validator(schema, validate_formats=True)
        self._checks[(name, complete)] = check
        return check

    def _closed(self, name: str, complete: bool) -> Schema:
        fields = self._fields(self._parts[name])
        if not fields:
            return _scalar(self._parts[name])
        closed: dict[str, Any] = {
            "type": "object",
            "properties": {field: self._turned(one) for field, one in fields.items()},
            "additionalProperties": False,
        }
        needed = [field for field, one in fields.items() if _REQUIRED in one.get("description", "")]
        return {**closed, "required": needed} if complete and needed else closed

    def _fields(self, schema: Schema) -> dict[str, Schema]:
        """Of an object and all that it is made of."""
        if "$ref" in schema:
            return self._fields(self._resolved(schema))
        found = dict(schema.get("properties", {}))
        for one in (*schema.get("allOf", ()), *schema.get("oneOf", ())):
            found = {**self._fields(one), **found}
        return found

    def _turned(self, schema: Schema, lists: Sequence[str] = ()) -> Schema:
        lists = lists or _REFERENCE.findall(schema.get("description", ""))
        if schema.get("type") == "array":
            return {"type": "array", "items": self._turned(schema["items"], lists)}
        inner = schema if "$ref" in schema else next(iter(schema.get("allOf", ())), None)
        if inner is None:
            return _scalar(schema)
        target = {"$ref": f"#/definitions/{inner['$ref'].rsplit('/', 1)[-1]}"}
        codes = [code for name in lists for code in self._codes.get(name, ())]
        if not codes or "Referentiedata" not in target["$ref"]:
            return target
        return {"allOf": [target, {"properties": {"code": {"enum": codes}}}]}

    def _resolved(self, schema: Schema) -> Schema:
        return self._parts[schema["$ref"].rsplit("/", 1)[-1]] if "$ref" in schema else schema


def _scalar(schema: Schema) -> dict[str, Any]:
    kept = {name: schema[name] for name in ("type", "enum", "pattern") if name in schema}
    if schema.get("format") in _CHECKED_FORMATS:
        kept["format"] = schema["format"]
    said = _PATTERN.search(schema.get("description", ""))
    if said and schema.get("format") == "date-time":
        kept["pattern"] = said.group(1)
    return kept


def _referred(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].rsplit("/", 1)[-1]
        for one in value.values():
            yield from _referred(one)
    elif isinstance(value, list):
        for one in value:
            yield from _referred(one)


@cache
def described(domain: str, folder: Path) -> Description:
    return Description(domain, folder)


@cache
def reference_data(folder: Path) -> Codes:
    """By list, by code: the name."""
    found: dict[str, dict[str, str]] = {}
    with (folder / "Referentiedata.csv").open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file, delimiter=";"):
            found.setdefault(line["Soort"], {})[line["Code"]] = line["Naam"]
    return found
