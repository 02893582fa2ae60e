"""Lines of access logs of every known server, and files that are none."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.sitestats.formats import LineReader, find_format
from toolkit.sitestats.formats.moments import MONTHS, clf_moment, iso_moment
from toolkit.sitestats.formats.reading import LONGEST
from toolkit.sitestats.model import Reject, Request

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the wall clock of nowhere in particular
NOW = int(datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp())
AT = int(datetime(2026, 11, 20, 6, 55, 36, tzinfo=UTC).timestamp())
TIME = "20/Nov/2026:13:55:36 +0700"
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/128.0 Safari/537.36"

COMBINED = f'203.0.113.7 - - [{TIME}] "GET /bang-gia?x=1 HTTP/2.0" 200 5120 "https://zalo.me/" "{AGENT}"'
COMMON = f'203.0.113.7 - - [{TIME}] "GET /bang-gia?x=1 HTTP/1.1" 200 5120'
VHOST = f"cuahang.example:443 {COMBINED}"
CADDY = json.dumps(
    {
        "level": "info", "ts": AT + 0.25, "logger": "http.log.access.log0", "msg": "handled request",
        "request": {
            "remote_ip": "203.0.113.7", "proto": "HTTP/2.0", "method": "GET", "host": "cuahang.example",
            "uri": "/bang-gia?x=1", "headers": {"User-Agent": [AGENT], "Referer": ["https://zalo.me/"]},
        },
        "size": 5120, "status": 200,
    }
)  # fmt: skip
NGINX = json.dumps(
    {
        "time_iso8601": "2026-11-20T13:55:36+07:00", "remote_addr": "203.0.113.7",
        "request": "GET /bang-gia?x=1 HTTP/2.0", "status": "200", "body_bytes_sent": "5120",
        "http_referer": "https://zalo.me/", "http_user_agent": AGENT,
        "host": "cuahang.example",
    }
)  # fmt: skip
IIS_FIELDS = (
    "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer)"
    " sc-status sc-substatus sc-win32-status sc-bytes time-taken cs-host"
)
IIS_ROW = (
    f"2026-11-20 06:55:36 10.0.0.1 GET /bang-gia x=1 443 - 203.0.113.7 {AGENT.replace(' ', '+')} https://zalo.me/"
    " 200 0 0 5120 12 cuahang.example"
)
SOFTWARE = "#Software: Microsoft Internet Information Services 10.0"
IIS = (SOFTWARE, "#Version: 1.0", "#Date: 2026-11-20 00:00:00", IIS_FIELDS, IIS_ROW)
CLOUDFRONT_FIELDS = (
    "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer)"
    " cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes"
    " time-taken"
)
CLOUDFRONT_ROW = (
    "2026-11-20\t06:55:36\tSGN50\t5120\t203.0.113.7\tGET\td1.cloudfront.net\t/bang-gia\t200\thttps://zalo.me/\t"
    + AGENT.replace(" ", "%20")
    + "\tx=1\t-\tHit\tabc==\tcuahang.example\thttps\t80\t0.001"
)
CLOUDFRONT = ("#Version: 1.0", CLOUDFRONT_FIELDS, CLOUDFRONT_ROW)

SAME = Request("203.0.113.7", AT, "GET", "/bang-gia?x=1", 200, 5120, "https://zalo.me/", AGENT, "cuahang.example")
WITHOUT_HOST = SAME._replace(host="")


@pytest.mark.parametrize(
    ("name", "lines", "meant"),
    [
        ("combined", (COMBINED,), WITHOUT_HOST),
        ("common", (COMMON,), SAME._replace(referrer="", agent="", host="")),
        ("vhost", (VHOST,), SAME),
        ("caddy", (CADDY,), SAME),
        ("nginx-json", (NGINX,), SAME),
        ("iis", IIS, SAME),
        ("cloudfront", CLOUDFRONT, SAME),
    ],
)
def test_each_server_tells_the_same_request(name: str, lines: tuple[str, ...], meant: Request) -> None:
    found = find_format(lines, NOW)
    assert found.name == name
    reader = LineReader(found.name, NOW)
    read = [one for line in lines if (one := reader.read(line)) is not None]
    assert read == [meant]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "empty"),
        ("   \r", "empty"),
        ("xin chào", "no_time"),
        (COMBINED.replace(TIME, "20/Nox/2026:13:55:36 +0700"), "bad_time"),
        (COMBINED.replace(TIME, "31/Feb/2026:13:55:36 +0700"), "bad_time"),
        (COMBINED.replace("2026", "2031"), "future"),
        (COMBINED.replace(" 200 ", " 999 "), "bad_status"),
        (COMBINED.replace(" 200 ", " - "), "bad_status"),
        (COMBINED.replace("GET", 'GET "'), "unknown_shape"),
        (COMBINED + "x" * LONGEST, "too_long"),
        ('{"status": 200', "bad_json"),
        ('{"a": 1}', "no_fields"),
        ("[" * 20_000, "unknown_shape"),
        ("{" * 20_000, "bad_json"),
    ],
)
def test_a_line_that_is_no_request_says_why(line: str, reason: str) -> None:
    found = LineReader("combined", NOW).read(line)
    assert isinstance(found, Reject)
    assert found.reason == reason


@pytest.mark.parametrize(
    ("change", "meant"),
    [
        (("203.0.113.7 - -", "2001:db8::7 - -"), {"address": "2001:db8::7"}),
        (("203.0.113.7 - -", "203.0.113.7 - Nguyễn Thị Hoa"), {}),
        (("203.0.113.7 - -", "khach-12.vnn.vn - -"), {"address": "khach-12.vnn.vn"}),
        (("https://zalo.me/", r"https://x.vn/\"a\\b\""), {"referrer": 'https://x.vn/"a\\b"'}),
        (("https://zalo.me/", r"https://x.vn/gi\xC3\xA1"), {"referrer": "https://x.vn/giá"}),
        (("GET /bang-gia?x=1 HTTP/2.0", r"\x16\x03\x01\x00"), {"method": "", "target": r"\x16\x03\x01\x00"}),
        (("GET /bang-gia?x=1 HTTP/2.0", "-"), {"method": "", "target": ""}),
        (("GET /bang-gia?x=1 HTTP/2.0", "GET /a b HTTP/1.1"), {"target": "/a b"}),
        (("GET /bang-gia?x=1 HTTP/2.0", "GET /a b"), {"method": "", "target": "GET /a b"}),
        (("GET /bang-gia?x=1 HTTP/2.0", "GET  HTTP/1.1"), {"method": "", "target": "GET  HTTP/1.1"}),
        (("5120", "-"), {"size": 0}),
        (("+0700", "-0330"), {"at": AT + 10 * 3600 + 1800}),
    ],
)
def test_what_servers_write_besides_is_read_too(change: tuple[str, str], meant: dict[str, Any]) -> None:
    assert LineReader("combined", NOW).read(COMBINED.replace(*change)) == WITHOUT_HOST._replace(**meant)


def test_more_fields_at_the_end_do_no_harm() -> None:
    assert LineReader("combined", NOW).read(f'{COMBINED} "-" 0.003 rt=1') == WITHOUT_HOST


def test_lines_of_another_format_in_between_are_read_too() -> None:
    reader = LineReader("combined", NOW)
    assert [reader.read(line) for line in (COMBINED, NGINX, CADDY, VHOST)] == [WITHOUT_HOST, SAME, SAME, SAME]


def test_fields_may_change_in_the_middle_of_a_w3c_log() -> None:
    reader = LineReader("iis", NOW)
    lines = [
        *IIS,
        "#Fields: date time c-ip cs-method cs-uri-stem sc-status",
        "2026-11-20 06:55:37 203.0.113.8 GET /b 404",
    ]
    read = [one for line in lines if (one := reader.read(line)) is not None]
    assert read == [SAME, Request("203.0.113.8", AT + 1, "GET", "/b", 404, 0)]


@pytest.mark.parametrize(
    ("lines", "other"),
    [
        (["[Fri Nov 20 13:55:36.12 2026] [core:error] [pid 1] AH00126: Invalid URI"] * 3, "error_log"),
        (["2026/11/20 13:55:36 [error] 12#12: *1 open() failed (2: No such file)"] * 3, "error_log"),
        (["Ngày;Khách;Tiền", "20/11;Hoa;120000"], "not_a_log"),
        (["", "  "], "empty"),
    ],
)
def test_what_is_no_access_log_is_refused_by_name(lines: list[str], other: str) -> None:
    found = find_format(lines, NOW)
    assert (found.name, found.other) == (None, other)


def test_a_few_broken_lines_do_not_hide_the_format() -> None:
    assert find_format([COMBINED, "rác", COMBINED, COMBINED, ""], NOW).name == "combined"


LOCAL = st.datetimes(EPOCH.replace(year=1990, day=2), EPOCH.replace(year=2100))


@given(LOCAL, st.integers(-12 * 4, 14 * 4))
def test_both_ways_to_write_a_moment_mean_the_same(local: datetime, quarters: int) -> None:
    minutes = 15 * quarters
    sign, away = "-" if minutes < 0 else "+", abs(minutes)
    offset = f"{sign}{away // 60:02d}{away % 60:02d}"
    meant = int(local.replace(microsecond=0, tzinfo=UTC).timestamp()) - minutes * 60
    month = list(MONTHS)[local.month - 1]
    clf = f"{local.day:02d}/{month}/{local.year}:{local:%H:%M:%S} {offset}"
    assert clf_moment(clf) == meant
    assert iso_moment(f"{local.year:04d}-{local:%m-%dT%H:%M:%S}{offset}") == meant


@given(st.one_of(st.text(max_size=300), st.text(alphabet='"\\[]{}- #:/0123456789GET\t\x00\x1b', max_size=300)))
def test_no_line_breaks_the_reader(line: str) -> None:
    for name in ("combined", "iis", "caddy"):
        found = LineReader(name, NOW).read(line)
        assert found is None or isinstance(found, Request | Reject)


@pytest.mark.parametrize(
    "line",
    [
        '"' * 60_000, "\\" * 60_000, "1.1.1.1 " * 8_000, f'1.1.1.1 - - [{TIME}] "' + '\\"' * 30_000, "[" * 60_000,
        f'1.1.1.1 - - [{TIME}] ' + '"a" ' * 15_000, " " * 60_000, "a " * 30_000 + "[", '{"request":' * 5_000,
        f'1.1.1.1 {"- " * 20_000}[{TIME}] "GET / HTTP/1.1" 200 1',
    ],
)  # fmt: skip
def test_hostile_lines_take_no_time(line: str) -> None:
    begun = time.process_time()
    for name in ("combined", "iis", "nginx-json"):
        LineReader(name, NOW).read(line)
    assert time.process_time() - begun < 1
