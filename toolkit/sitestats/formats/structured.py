"""JSON lines: Caddy's access log, and what nginx writes with a JSON log_format."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from toolkit.sitestats.formats.moments import EARLIEST, clf_moment, iso_moment
from toolkit.sitestats.formats.quoted import request_parts
from toolkit.sitestats.formats.w3c import Fields
from toolkit.sitestats.model import Reject, Request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.sitestats.model import RejectReason

# No server but Caddy has a JSON of its own that everybody leaves as it is: members name the fields, most of them after
# nginx's variables; the others are what log shippers, proxies and content networks write. Lower case, the likeliest
# first; a dot is a field within a field.
_NAMES: Final[Mapping[str, Sequence[str]]] = {
    "address": ("remote_addr", "remote_ip", "client_ip", "clientip", "client_addr", "clienthost", "client", "source.ip",
                "client.ip", "remoteip", "remote_address", "ip", "host_ip", "x_forwarded_for", "http_x_forwarded_for",
                "remote"),
    "time": ("time_iso8601", "time", "time_local", "timestamp", "@timestamp", "ts", "msec", "date", "datetime",
             "edgestarttimestamp", "startutc", "date_access", "timestamp_iso8601", "time_start", "start_time"),
    "request": ("request", "req", "request_line"),
    "method": ("request_method", "requestmethod", "method", "verb", "http_method", "clientrequestmethod",
               "request_type"),
    "target": ("request_uri", "original_uri", "url.original", "requesturi", "uri", "url", "requesturl", "request_url",
               "path", "requestpath", "request_path", "clientrequesturi", "clientrequestpath"),
    "query": ("args", "query_string", "query", "querystring", "uri_query"),
    "status": ("status", "response_status", "status_code", "statuscode", "response", "code", "downstreamstatus",
               "edgeresponsestatus", "http_status", "http_code"),
    "size": ("body_bytes_sent", "http.response.body.bytes", "response.bytes", "bytes_sent", "bytes", "size",
             "response_size", "responsesize", "response_body_size", "resp_body_size", "body_bytes",
             "downstreamcontentsize", "edgeresponsebytes", "bytes_written", "body_size"),
    "referrer": ("http_referer", "http_referrer", "referer", "referrer", "request_referer", "request_referrer",
                 "clientrequestreferer"),
    "agent": ("http_user_agent", "user_agent", "user_agent.original", "useragent", "user-agent", "agent", "ua",
              "request_user_agent", "request_user-agent", "clientrequestuseragent"),
    "host": ("http_host", "vhost", "host", "server_name", "requesthost", "clientrequesthost", "virtual_host"),
}  # fmt: skip
_WHOLE: Final = frozenset({"request_uri", "original_uri", "requesturi"})
"""Targets that have their query with them."""
_DEEPEST: Final = 4
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F]{0,4}:[0-9a-fA-F:]{1,40}", re.ASCII)


def read_caddy(line: str) -> Request | Reject:
    """A line of Caddy's `http.log.access` logger (its field `request` is an object)."""
    entry = _entry(line)
    if entry is None:
        return Reject("bad_json", line)
    request = entry.get("request")
    if not isinstance(request, dict) or "ts" not in entry or "uri" not in request:
        return Reject("no_fields", line)
    if str(entry.get("logger")).startswith("http.log.error"):  # it tells again what the access log has told
        return Reject("error_log", line)
    headers = request.get("headers")
    headers = {str(key).lower(): value for key, value in headers.items()} if isinstance(headers, dict) else {}
    return _request(
        line,
        address=_text(request.get("client_ip") or request.get("remote_ip") or _address(request.get("remote_addr"))),
        at=_moment(entry.get("ts")),
        method=_text(request.get("method")),
        target=_text(request.get("uri")),
        status=entry.get("status"),
        size=entry.get("size"),
        referrer=_first(headers.get("referer")),
        agent=_first(headers.get("user-agent")),
        host=_text(request.get("host")),
    )


def read_nginx(line: str) -> Request | Reject:
    """A line of JSON whose fields are named after nginx's variables, in one of the usual ways."""
    entry = _entry(line)
    if entry is None:
        return Reject("bad_json", line)
    fields = _flat(entry)
    if "cs-uri-stem" in fields:  # a W3C log, written as JSON
        row = "\t".join(_text(value).replace("\t", " ") or "-" for value in fields.values())
        return Fields(tuple(fields), "\t").read(row)
    name, target = next(((one, _text(fields[one])) for one in _NAMES["target"] if one in fields), ("", ""))
    query = _text(_found(fields, "query")).lstrip("?")
    if query not in ("", "-") and "?" not in target and name not in _WHOLE:
        target = f"{target}?{query}"
    request = _found(fields, "request")
    times = [fields[one] for one in _NAMES["time"] if one in fields]
    status = _found(fields, "status")
    if not times or status is None or (not name and request is None):
        return Reject("no_fields", line)
    method = _text(_found(fields, "method"))
    if request is not None and (not method or not target):
        method, target = request_parts(_text(request))
    address, host = _text(_found(fields, "address")), _text(_found(fields, "host"))
    called = _text(fields.get("host"))
    if not address and _ADDRESS.fullmatch(called):  # "host" as Apache says it: who asked
        address, host = called, host if host != called else ""
    return _request(
        line,
        address=_without_port(address.partition(",")[0].strip()),
        at=next((at for time in times if (at := _moment(time)) is not None), None),
        method=method,
        target=target,
        status=status,
        size=_found(fields, "size"),
        referrer=_text(_found(fields, "referrer")),
        agent=_text(_found(fields, "agent")),
        host=host,
    )


def inner_line(line: str) -> str:
    """The line that a container's log keeps in its field `log` (Docker's json-file driver); "" where there is none."""
    entry = _entry(line)
    inner = entry.get("log") if entry is not None else None
    return inner.rstrip("\r\n") if isinstance(inner, str) else ""


def _found(fields: Mapping[str, Any], name: str) -> Any:
    return next((fields[one] for one in _NAMES[name] if one in fields), None)


def _flat(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Every single value by its name and, within another field, by its whole name too; the outermost wins. Of a list
    of texts (a header that may come twice) the first."""
    flat: dict[str, Any] = {}
    level: list[tuple[str, Mapping[str, Any]]] = [("", entry)]
    for _ in range(_DEEPEST):
        deeper: list[tuple[str, Mapping[str, Any]]] = []
        for before, mapping in level:
            for key, value in mapping.items():
                name = str(key).lower().lstrip("$")
                if isinstance(value, dict):
                    deeper.append((f"{before}{name}.", value))
                    continue
                one = _first(value) if isinstance(value, list) else value
                flat.setdefault(name, one)
                if before:
                    flat.setdefault(before + name, one)
        level = deeper
    return flat


def _request(
    line: str, *, address: str, at: int | None, method: str, target: str, status: Any, size: Any, **more: str
) -> Request | Reject:
    code = _integer(status)
    wrong: RejectReason | None = None
    if at is None:
        wrong = "bad_time"
    elif not address or len(address) > 64:
        wrong = "no_address"
    elif not 100 <= code <= 599:
        wrong = "bad_status"
    if wrong is not None or at is None:
        return Reject(wrong or "bad_time", line)
    plain = {name: "" if value == "-" else value for name, value in more.items()}
    return Request(address, at, method, target, code, max(_integer(size), 0), **plain)


def _entry(line: str) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):  # what json raises for broken and for too deep texts
        return None
    return entry if isinstance(entry, dict) else None


def _moment(value: Any) -> int | None:
    """Seconds since 1970 or thousandths, millionths, billionths of them; ISO 8601, or the common log format's time."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        seconds = float(min(value, 10**20))
        while seconds > 100_000_000_000:
            seconds /= 1000
        return int(seconds) if EARLIEST <= seconds < 32_503_680_000 else None
    text = _text(value)
    if text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit() and len(text) <= 20:
        return _moment(float(text))
    iso = iso_moment(text)
    return iso if iso is not None else clf_moment(text)


def _integer(value: Any) -> int:
    if isinstance(value, bool):
        return -1
    if isinstance(value, int):
        return value if value < 10**15 else -1
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return int(value)
    text = _text(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else -1


def _first(values: Any) -> str:
    """Caddy logs a header as the list of its values."""
    if isinstance(values, list):
        return _text(values[0]) if values else ""
    return _text(values)


def _address(value: Any) -> str:
    """`203.0.113.7:51234` and `[2001:db8::1]:51234`, as older Caddys write the address with its port."""
    text = _text(value)
    return text.rpartition(":")[0].strip("[]") if ":" in text else text


def _without_port(address: str) -> str:
    """An address that a port may follow, as proxies write it."""
    if address.startswith("["):
        return address.partition("]")[0][1:]
    before, _, port = address.rpartition(":")
    return before if before.count(".") == 3 and port.isdigit() else address


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None or isinstance(value, dict | list) else str(value)
