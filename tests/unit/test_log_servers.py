"""What servers, containers and log shippers write besides the plain formats: one request, told by all of them."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.sitestats.formats import LineReader, find_format
from toolkit.sitestats.formats.quoted import request_parts
from toolkit.sitestats.formats.reading import LONGEST
from toolkit.sitestats.formats.structured import read_nginx
from toolkit.sitestats.model import Reject, Request

NOW = int(datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp())
AT = int(datetime(2026, 11, 20, 6, 55, 36, tzinfo=UTC).timestamp())
CLOCK = "[20/Nov/2026:13:55:36 +0700]"
ISO = "2026-11-20T13:55:36+07:00"
ASKED = '"GET /ao-dai?m=2 HTTP/2.0" 200 5120 "https://zalo.me/" "Mozilla/5.0 (Linux; Android 14) Mobile"'
MEANT = Request(
    "203.0.113.7", AT, "GET", "/ao-dai?m=2", 200, 5120, "https://zalo.me/", "Mozilla/5.0 (Linux; Android 14) Mobile"
)
PLAIN = f"203.0.113.7 - - {CLOCK} {ASKED}"


def read(line: str, name: Any = "combined") -> Request | Reject | None:
    return LineReader(name, NOW).read(line)


@pytest.mark.parametrize(
    "line",
    [
        f"Nov 20 13:55:36 web1 nginx: {PLAIN}",
        f"Nov  5 13:55:36 web1 nginx[812]: {PLAIN}",
        f"<190>1 2026-11-20T06:55:36Z web1 nginx - - - {PLAIN}",
        f"2026-11-20T06:55:36.123456789Z stdout F {PLAIN}",
        f"nginx-1  | {PLAIN}",
        f"nginx: {PLAIN}",
        f'"{PLAIN}"',
        f"- {PLAIN}",
        PLAIN.replace(CLOCK, f"[{ISO}]"),
        PLAIN.replace(":36 +0700", ":36.123 +0700"),
        PLAIN.replace("203.0.113.7 -", "203.0.113.7, 10.0.0.1, 10.0.0.2 -"),
        PLAIN.replace("203.0.113.7 -", "203.0.113.7,10.0.0.1 -"),
        PLAIN.replace(" - - ", " cuahang.example - "),
        f"{PLAIN} 31 0.004 [default-web-80] [] 10.1.2.3:8080 5120 0.004 200 5f2c",
        f'{PLAIN} 17 "web@docker" "http://172.18.0.3:80" 4ms',
        json.dumps({"log": PLAIN + "\n", "stream": "stdout", "time": "2026-11-20T06:55:36.5Z"}),
    ],
)
def test_what_stands_around_a_line_changes_nothing(line: str) -> None:
    assert read(line) == MEANT


@pytest.mark.parametrize(
    ("before", "host", "address"),
    [
        ("cuahang.example:443 203.0.113.7 - -", "cuahang.example", "203.0.113.7"),
        ("cuahang.example khach-12.vnn.vn - -", "cuahang.example", "khach-12.vnn.vn"),
        ("khach-12.vnn.vn - -", "", "khach-12.vnn.vn"),
        ("khach-12.vnn.vn - nguyen 10.0.0.1 hoa", "", "khach-12.vnn.vn"),
        ("cuahang.example 2001:db8::7 - Nguyễn Thị Hoa", "cuahang.example", "2001:db8::7"),
        ("::ffff:203.0.113.7 - -", "", "::ffff:203.0.113.7"),
    ],
)
def test_who_asked_is_found_among_the_words_before_the_time(before: str, host: str, address: str) -> None:
    assert read(PLAIN.replace("203.0.113.7 - -", before)) == MEANT._replace(host=host, address=address)


@pytest.mark.parametrize("before", ["- - -", "Nov 20 13:55:36 web1 nginx:", "a b c d e", "10:00:00x - -"])
def test_where_nobody_says_who_asked_nobody_is_made_up(before: str) -> None:
    found = read(PLAIN.replace("203.0.113.7 - -", before))
    assert isinstance(found, Reject)
    assert found.reason == "no_address"


TARGET = st.text(alphabet="abcđ/?=&%.:~ ", min_size=1, max_size=40).map(lambda text: f"/{text}").map(str.rstrip)


@given(
    st.sampled_from(["GET", "POST", "PROPFIND", "VERSION-CONTROL"]), TARGET, st.sampled_from(["1.0", "1.1", "2", "3"])
)
def test_a_target_may_hold_spaces_where_the_version_ends_the_request(method: str, target: str, version: str) -> None:
    assert request_parts(f"{method} {target} HTTP/{version}") == (method, target)
    if " " not in target:
        assert request_parts(f"{method} {target}") == (method, target)


@given(st.text(max_size=60))
def test_a_request_line_is_never_lost(request: str) -> None:
    method, target = request_parts(request)
    assert not method or (request.startswith(f"{method} ") and target)


SHIPPED: list[dict[str, Any]] = [
    {  # nested under a name of its own, all of it text
        "@timestamp": ISO, "@source": "10.0.0.1",
        "@nginx_fields": {"remote_addr": "203.0.113.7", "status": "200", "body_bytes_sent": "5120", "uri": "/ao-dai",
                          "request_uri": "/ao-dai?m=2", "request_method": "GET", "http_referrer": MEANT.referrer,
                          "http_user_agent": MEANT.agent},
    },
    {  # `host` as Apache means it: who asked
        "time": ISO, "host": "203.0.113.7", "status": "200", "method": "GET", "path": "/ao-dai?m=2", "size": "5120",
        "reqtime": "0.1", "ua": MEANT.agent, "referrer": MEANT.referrer,
    },
    {  # the path and the query apart, thousandths of seconds
        "ts": AT * 1000 + 250, "ip": "203.0.113.7", "method": "GET", "uri": "/ao-dai", "args": "m=2", "status": 200,
        "bytes": 5120, "referer": MEANT.referrer, "user_agent": MEANT.agent,
    },
    {  # a time that is a duration comes first; millionths
        "time": "0.003", "msec": AT * 1_000_000, "remote_addr": "203.0.113.7", "request": "GET /ao-dai?m=2 HTTP/2.0",
        "status": 200, "body_bytes_sent": 5120, "http_referer": MEANT.referrer, "http_user_agent": MEANT.agent,
    },
    {  # one object for the request, one for the answer
        "time": ISO, "remote_ip": "203.0.113.7", "response": {"status": 200, "bytes": 5120},
        "request": {"method": "GET", "uri": "/ao-dai?m=2", "user_agent": MEANT.agent, "referer": MEANT.referrer},
    },
    {  # Elastic's common schema
        "@timestamp": "2026-11-20T06:55:36.250Z", "source": {"ip": "203.0.113.7"}, "url": {"original": "/ao-dai?m=2"},
        "http": {"request": {"method": "GET", "referrer": MEANT.referrer, "body": {"bytes": 7}},
                 "response": {"status_code": 200, "body": {"bytes": 5120}}},
        "user_agent": {"original": MEANT.agent}, "log": {"file": {"path": "/var/log/nginx/access.log"}},
    },
    {  # Traefik
        "ClientAddr": "203.0.113.7:5555", "ClientHost": "203.0.113.7", "DownstreamContentSize": 5120,
        "DownstreamStatus": 200, "Duration": 34633, "RequestMethod": "GET", "RequestPath": "/ao-dai?m=2",
        "StartUTC": "2026-11-20T06:55:36.5Z", "request_User-Agent": MEANT.agent, "request_Referer": MEANT.referrer,
    },
    {  # Cloudflare, billionths
        "ClientIP": "203.0.113.7", "ClientRequestMethod": "GET", "ClientRequestURI": "/ao-dai?m=2",
        "ClientRequestUserAgent": MEANT.agent, "ClientRequestReferer": MEANT.referrer,
        "EdgeStartTimestamp": AT * 1_000_000_000, "EdgeResponseBytes": 5120, "EdgeResponseStatus": 200,
    },
    {  # CloudFront's own columns, as JSON
        "date": "2026-11-20", "time": "06:55:36", "sc-bytes": "5120", "c-ip": "203.0.113.7", "cs-method": "GET",
        "cs-uri-stem": "/ao-dai", "cs-uri-query": "m=2", "sc-status": "200", "cs(Referer)": MEANT.referrer,
        "cs(User-Agent)": MEANT.agent.replace(" ", "%20"),
    },
]  # fmt: skip


@pytest.mark.parametrize("entry", SHIPPED)
def test_json_of_many_makers_tells_the_same_request(entry: dict[str, Any]) -> None:
    line = json.dumps(entry, ensure_ascii=False)
    name = find_format([line] * 3, NOW).name
    assert name is not None
    assert read(line, name) == MEANT


@given(st.sampled_from([0, 3, 4]), st.lists(st.sampled_from(["a", "http", "fields"]), max_size=2), st.randoms())
def test_neither_the_order_nor_a_wrapping_of_the_fields_matters(which: int, wrappings: list[str], random: Any) -> None:
    members = list(SHIPPED[which].items())
    random.shuffle(members)
    entry: dict[str, Any] = dict(members)
    for name in wrappings:
        entry = {name: entry, "level": "info"}
    assert read_nginx(json.dumps(entry)) == MEANT


VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["time", "status", "ip", "request", "uri", "log", "x", "ts"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["time", "status", "ip", "request", "uri", "log", "ts", "cs-uri-stem"]), VALUE))
def test_no_json_breaks_the_reader(entry: dict[str, Any]) -> None:
    for name in ("caddy", "nginx-json"):
        found = read(json.dumps(entry), name)
        assert isinstance(found, Request | Reject)
        assert not isinstance(found, Request) or (found.address and 100 <= found.status <= 599)


@pytest.mark.parametrize(
    "entry",
    [
        {"time": ISO, "remote_addr": "203.0.113.7", "status": 200},
        {"time": ISO, "remote_addr": "203.0.113.7", "uri": "/"},
        {"remote_addr": "203.0.113.7", "status": 200, "uri": "/"},
    ],
)
def test_json_that_says_no_page_no_time_or_no_answer_is_no_request(entry: dict[str, Any]) -> None:
    found = read(json.dumps(entry), "nginx-json")
    assert isinstance(found, Reject)
    assert found.reason == "no_fields"


def test_an_empty_target_is_that_of_a_broken_request_and_counts() -> None:
    entry = {"time": ISO, "remote_addr": "203.0.113.7", "status": 400, "request_uri": "", "request_method": ""}
    assert read(json.dumps(entry), "nginx-json") == Request("203.0.113.7", AT, "", "", 400, 0)


def test_caddy_counts_a_request_once_though_its_error_log_tells_it_again() -> None:
    entry = {
        "level": "error", "ts": AT, "logger": "http.log.access.log0", "status": 502, "size": 0,
        "request": {"remote_ip": "203.0.113.7", "method": "GET", "uri": "/a"},
    }  # fmt: skip
    assert isinstance(read(json.dumps(entry), "caddy"), Request)
    again = read(json.dumps({**entry, "logger": "http.log.error.log0"}), "caddy")
    assert isinstance(again, Reject)
    assert again.reason == "error_log"


def test_a_mark_of_its_encoding_hides_no_directive() -> None:
    reader = LineReader("iis", NOW)
    lines = [
        "\ufeff#Fields: date time c-ip cs-method cs-uri-stem sc-status",
        "2026-11-20 06:55:36 203.0.113.7 GET / 200",
    ]
    assert find_format(lines, NOW).name == "iis"
    assert [reader.read(line) for line in lines] == [None, Request("203.0.113.7", AT, "GET", "/", 200, 0)]


@pytest.mark.parametrize("year", ["1970", "2099"])
def test_a_server_with_a_wrong_clock_has_written_an_access_log_all_the_same(year: str) -> None:
    line = PLAIN.replace("2026", year)
    assert find_format([line] * 5, NOW).name == "combined"
    assert isinstance(read(line), Reject)


@pytest.mark.parametrize(
    "line",
    [
        '{"log":' * 9_000, '{"a":' * 12_000, '{"log":"' + "\\u0000" * 10_000 + '"}', "1.1.1.1, " * 7_000 + CLOCK,
        ":" * 60_000, f'{"::" * 300} - - {CLOCK} {ASKED}', f"1.1.1.1 - - {CLOCK} \"GET {'a ' * 30_000}HTTP/1.1\" 200 1",
        '{"x":' + json.dumps({f"k{n}": {"a": n} for n in range(3_000)}) + "}", "x " * 299 + f"{CLOCK} {ASKED}",
        f'1.1.1.1 - - [{"1" * 40}] "A-{"A-" * 20_000} / HTTP/1.1" 200 1',
    ],
)  # fmt: skip
def test_hostile_lines_take_no_time(line: str) -> None:
    assert len(line) <= LONGEST or line.startswith('{"x"')
    begun = time.process_time()
    for name in ("combined", "nginx-json", "caddy"):
        read(line, name)
    assert time.process_time() - begun < 1
