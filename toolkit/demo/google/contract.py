"""What Google publishes about its APIs, read from the discovery documents that ship with the client library.

Every route, parameter and body field that reaches the loopback server is held against it, so that a request which real
Google would refuse as malformed is refused here too.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Json = Any  # what json.loads gives: a discovery document is data, not a type


class ApiError(Exception):
    """An answer that isn't a success, in Google's own words: HTTP status, reason, message."""

    def __init__(
        self, status: int, reason: str, message: str, *, domain: str = "global", retry_after: str | None = None
    ) -> None:
        super().__init__(status, reason, message)
        self.status, self.reason, self.message, self.domain = status, reason, message, domain
        self.retry_after = retry_after

    def body(self) -> Json:
        entry = {"domain": self.domain, "reason": self.reason, "message": self.message}
        return {"error": {"errors": [entry], "code": self.status, "message": self.message}}


@dataclass(frozen=True)
class Method:
    """One method of the API. `id` is Google's ("events.insert"), `query` and `body` its schemas."""

    id: str
    verb: str
    path: re.Pattern[str]
    query: Mapping[str, Json]
    body: str | None
    scopes: frozenset[str]


@dataclass(frozen=True)
class Call:
    """A request that the contract recognises: which method, with which path and query values."""

    method: Method
    path: Mapping[str, str]
    query: Mapping[str, list[str]]


class Contract:
    """The routes and schemas of one discovery document."""

    def __init__(self, document: Json) -> None:
        self.base = "/" + document["servicePath"]
        self.batch = "/" + document["batchPath"]
        self._schemas: Mapping[str, Json] = document["schemas"]
        shared = document["parameters"]
        self.methods = tuple(
            _method(raw, shared, self.base) for resource in document["resources"].values() for raw in _methods(resource)
        )

    def call(self, verb: str, path: str, query: Mapping[str, list[str]]) -> Call:
        """Find the method of a request and check its query; ApiError 404 or 400 if there is none or it doesn't fit."""
        for method in self.methods:
            found = method.path.fullmatch(path) if method.verb == verb else None
            if found:
                values = {name: unquote(value) for name, value in found.groupdict().items()}
                _check_query(method, query)
                return Call(method, values, query)
        raise ApiError(404, "notFound", f"Not Found: {verb} {path}")

    def check_body(self, method: Method, body: Json) -> None:
        """ApiError 400 unless `body` is what the method's request schema describes, field by field."""
        if method.body is None:
            if body not in (None, {}):
                raise ApiError(400, "badRequest", f"{method.id} takes no body")
            return
        self._check_value({"$ref": method.body}, body, method.body)

    def check(self, schema: str, value: Json) -> None:
        """ApiError 400 unless `value` is what this schema describes."""
        self._check_value({"$ref": schema}, value, schema)

    def masked(self, schema: str, value: Json, mask: str) -> Json:
        """`value` with nothing but what a field mask names. ApiError 400 for a field that the schema doesn't have."""
        return self._cut({"$ref": schema}, value, _read_mask(mask))

    def _cut(self, schema: Json, value: Json, wanted: Mapping[str, Json]) -> Json:
        if "$ref" in schema:
            schema = self._schemas[schema["$ref"]]
        if schema.get("type") == "array":
            items = [self._cut(schema["items"], one, wanted) for one in value or ()]
            return items if value is not None else None
        for name in wanted:
            if name not in schema.get("properties", {}):
                raise ApiError(400, "invalidArgument", f"Invalid field selection {name}")
        if value is None or not wanted:
            return value
        cut = {name: self._cut(schema["properties"][name], value.get(name), inner) for name, inner in wanted.items()}
        return {name: one for name, one in cut.items() if one is not None}

    def _check_value(self, schema: Json, value: Json, where: str) -> None:
        if value is None:
            return  # null clears a field in a patch and means "absent" elsewhere
        if "$ref" in schema:
            schema = self._schemas[schema["$ref"]]
        kind = schema.get("type", "object")
        if kind == "object":
            self._check_object(schema, value, where)
        elif kind == "array":
            if not isinstance(value, list):
                raise _invalid(where, "an array")
            for number, item in enumerate(value):
                self._check_value(schema["items"], item, f"{where}[{number}]")
        elif not _SCALARS[kind](value):
            raise _invalid(where, kind)
        elif kind == "string":
            _check_string(schema, value, where)

    def _check_object(self, schema: Json, value: Json, where: str) -> None:
        if not isinstance(value, dict):
            raise _invalid(where, "an object")
        known = schema.get("properties", {})
        other = schema.get("additionalProperties")
        for name, item in value.items():
            inner = known.get(name, other)
            if inner is None:
                raise ApiError(400, "badRequest", f'Invalid JSON payload received. Unknown name "{name}" at "{where}"')
            self._check_value(inner, item, f"{where}.{name}")


@cache
def shipped(name: str = "calendar", version: str = "v3") -> Contract:
    """The contract of an API in the installed google-api-python-client."""
    from googleapiclient import discovery_cache

    text = discovery_cache.get_static_doc(name, version)
    assert text is not None
    return Contract(json.loads(text))


_SCALARS: Mapping[str, Callable[[Json], bool]] = {
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "any": lambda value: value is not None,
}


def _read_mask(mask: str) -> Mapping[str, Json]:
    """`a,b(c,d)` as {"a": {}, "b": {"c": {}, "d": {}}} (Google's field masks)."""
    whole: dict[str, Json] = {}
    within = [whole]
    latest: dict[str, Json] = whole
    for piece in re.findall(r"[A-Za-z]+|[(),]", mask):
        if piece == "(":
            within.append(latest)
        elif piece == ")":
            within.pop()
        elif piece != ",":
            latest = within[-1].setdefault(piece, {})
    return whole


def _methods(resource: Json) -> Iterator[Json]:
    """The methods of a resource and of those within it."""
    yield from resource.get("methods", {}).values()
    for inner in resource.get("resources", {}).values():
        yield from _methods(inner)


def _method(raw: Json, shared: Mapping[str, Json], base: str) -> Method:
    parameters = {**shared, **raw.get("parameters", {})}
    pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(raw["path"]))
    for name, spec in parameters.items():  # one that may hold strokes (RFC 6570, 3.2.3) says itself which
        inner = str(spec.get("pattern", ".+")).removeprefix("^").removesuffix("$")
        pattern = pattern.replace(re.escape(f"{{+{name}}}"), f"(?P<{name}>{inner})")
    return Method(
        id=raw["id"].partition(".")[2],
        verb=raw["httpMethod"],
        path=re.compile(re.escape(base) + pattern),
        query={name: spec for name, spec in parameters.items() if spec["location"] == "query"},
        body=raw.get("request", {}).get("$ref"),
        scopes=frozenset(raw.get("scopes", ())),
    )


def _check_query(method: Method, query: Mapping[str, list[str]]) -> None:
    for name, values in query.items():
        spec = method.query.get(name)
        if spec is None:
            raise ApiError(400, "badRequest", f'Invalid query: unknown name "{name}" for {method.id}')
        if len(values) > 1 and not spec.get("repeated"):
            raise ApiError(400, "badRequest", f'Invalid query: "{name}" given {len(values)} times')
        for value in values:
            _check_parameter(name, spec, value)


def _check_parameter(name: str, spec: Json, value: str) -> None:
    kind = spec["type"]
    if kind == "boolean" and value not in {"true", "false"}:
        raise _invalid(name, "true or false")
    if kind == "integer":
        if not re.fullmatch(r"-?[0-9]{1,10}", value):
            raise _invalid(name, "an integer")
        low, high = int(spec.get("minimum", -(2**31))), int(spec.get("maximum", 2**31 - 1))
        if not low <= int(value) <= high:
            raise _invalid(name, f"between {low} and {high}")
    if kind == "string":
        _check_string(spec, value, name)


def _check_string(spec: Json, value: str, where: str) -> None:
    if "enum" in spec and value not in spec["enum"]:
        raise _invalid(where, " or ".join(spec["enum"]))
    try:
        if spec.get("format") == "date":
            date.fromisoformat(value)
        elif spec.get("format") == "date-time":
            datetime.fromisoformat(value)
        elif spec.get("format") == "int64":
            int(value)
    except ValueError:
        raise _invalid(where, spec["format"]) from None


def _invalid(where: str, wanted: str) -> ApiError:
    return ApiError(400, "invalid", f"Invalid value for {where}: not {wanted}")
