"""JSON lines: Caddy's access log, and what nginx writes with a JSON log_format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from toolkit.sitestats.formats.moments import EARLIEST, clf_moment, iso_moment
from toolkit.sitestats.formats.quoted import request_parts
from toolkit.sitestats.model import Reject, Request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.sitestats.model import RejectReason

# nginx has no JSON of its own: members name the fields, most of them after nginx's variables.
_NGINX: Final[Mapping[str, Sequence[str]]] = {
    "address": ("remote_addr", "remote_ip", "client_ip", "client", "ip", "clientip", "host_ip", "x_forwarded_for"),
    "time": ("time_iso8601", "time", "time_local", "timestamp", "@timestamp", "ts", "msec", "date"),
    "request": ("request",),
    "method": ("request_method", "method", "verb", "http_method"),
    "target": ("request_uri", "uri", "url", "path", "request_path"),
    "status": ("status", "response_status", "status_code", "response", "code"),
    "size": ("body_bytes_sent", "bytes_sent", "bytes", "size", "response_size", "body_bytes"),
    "referrer": ("http_referer", "http_referrer", "referer", "referrer"),
    "agent": ("http_user_agent", "user_agent", "agent", "ua", "useragent"),
    "host": ("host", "server_name", "http_host", "vhost"),
}


def read_caddy(line: str) -> Request | Reject:
    """A line of Caddy's `http.log.access` logger (its field `request` is an object)."""
    entry = _entry(line)
    if entry is None:
        return Reject("bad_json", line)
    request = entry.get("request")
    if not isinstance(request, dict):
        return Reject("no_fields", line)
    headers = request.get("headers")
    headers = {str(key).lower(): value for key, value in headers.items()} if isinstance(headers, dict) else {}
    return _request(
        line,
        address=_text(request.get("client_ip") or request.get("remote_ip") or _address(request.get("remote_addr"))),
        time=entry.get("ts"),
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
    fields = {str(key).lower().lstrip("$"): value for key, value in entry.items()}
    found = {name: next((fields[one] for one in names if one in fields), None) for name, names in _NGINX.items()}
    if found["time"] is None or found["status"] is None:
        return Reject("no_fields", line)
    method, target = _text(found["method"]), _text(found["target"])
    if found["request"] is not None and (not method or not target):
        method, target = request_parts(_text(found["request"]))
    return _request(
        line,
        address=_text(found["address"]).partition(",")[0].strip(),
        time=found["time"],
        method=method,
        target=target,
        status=found["status"],
        size=found["size"],
        referrer=_text(found["referrer"]),
        agent=_text(found["agent"]),
        host=_text(found["host"]),
    )


def _request(
    line: str, *, address: str, time: Any, method: str, target: str, status: Any, size: Any, **more: str
) -> Request | Reject:
    at = _moment(time)
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
    """Seconds or milliseconds since 1970, ISO 8601, or the common log format's time."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        seconds = value / 1000 if value > 100_000_000_000 else value
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


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None or isinstance(value, dict | list) else str(value)
