"""A04: the password of a calendar server reaches no terminal, log, journal, report or file but its own, and no other
machine."""

from __future__ import annotations

import base64
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from builders.caldav_side import Radicale
from toolkit.caldav.address import AddressGate, read_address
from toolkit.caldav.server import Server
from toolkit.caldav.wire import Login
from toolkit.core.errors import RemoteError, UsageError
from toolkit.shell.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli, RunToolkit

CANARY = "CANARYpass7Qp2mZ9"


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    with Radicale(tmp_path / "radicale", password=CANARY) as server:
        yield server


def traces(folder: Path, *, allowed: str = "") -> list[str]:
    """The files in which the password stands, as it is or as it goes over the wire."""
    plain = (CANARY.encode(), base64.b64encode(f"lan:{CANARY}".encode()))
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and path.parent.name != allowed and any(one in path.read_bytes() for one in plain)
    ]


@pytest.mark.parametrize("broken", ["", "kill", "refused", "bug"])
def test_the_password_is_seen_nowhere(
    broken: str, radicale: Radicale, tmp_path: Path, run_toolkit: RunToolkit, home: Path
) -> None:
    sheet = tmp_path / "lịch.csv"
    sheet.write_text("Tiêu đề,Ngày\nHọp,1/12/2026\nGặp,2/12/2026\n", encoding="utf-8")
    env = {"TMPDIR": str(tmp_path / "tmp"), "PYTHON_CALDAV_COMMDUMP": "1", "PYTHON_CALDAV_DEBUGMODE": "DEBUG"}
    (tmp_path / "tmp").mkdir()
    secret = {**env, "TOOLKIT_CALDAV_PASSWORD": CANARY}
    said = [run_toolkit("caldav", "login", radicale.url, "--user", "lan", "--debug", env=secret)]
    if broken == "refused":
        radicale.fail("PUT", "status", status=400, body="<error/>", times=99)
    elif broken == "bug":
        radicale.fail("REPORT", "status", status=207, body="<x/>", times=99)
    to = f"caldav:{radicale.url}"
    fault = {"TOOLKIT_FAULT": "kill@calendar.apply.performed"} if broken == "kill" else {}
    for command in ("plan", "import"):
        flags = ("--yes",) if command == "import" else ()
        said.append(run_toolkit("calendar", command, sheet, "--to", to, *flags, "--debug", env={**env, **fault}))
    radicale.faults.clear()
    said.append(run_toolkit("calendar", "resume", "--debug", env=env))
    said.append(run_toolkit("caldav", "status", "--check", "--json", "--debug", env=env))
    said.append(run_toolkit("doctor", "--json", "--debug", env=env))
    for ran in said:
        assert CANARY not in ran.stdout + ran.stderr
        assert base64.b64encode(f"lan:{CANARY}".encode()).decode() not in ran.stdout + ran.stderr
    assert traces(home, allowed="caldav") == []
    assert traces(tmp_path / "tmp") == []
    assert len(traces(home)) == 1


def test_the_password_doesnt_show_in_a_traceback_or_a_dump_of_our_objects() -> None:
    login = Login("https://lich.example.org", "lan", CANARY)
    assert CANARY not in repr(login)
    with Server("https://lich.example.org/", login) as server:
        assert CANARY not in repr(vars(server)) + repr(vars(server._client))


@pytest.mark.parametrize(
    ("own", "other", "good"),
    [
        ("https://caldav.icloud.com/", "https://p01-caldav.icloud.com/1/calendars/", True),
        ("https://caldav.icloud.com/", "http://p01-caldav.icloud.com/1/calendars/", False),
        ("https://caldav.icloud.com/", "https://p01-caldav.icloud.com.evil.example/", False),
        ("https://caldav.icloud.com/", "https://evilicloud.com/", False),
        ("https://caldav.icloud.com/", "https://caldav.icloud.com:8443/", False),
        ("https://example.org/", "https://a.example.org/", False),
        ("https://lich.example.org/", "https://lich.example.org/dav/", True),
        ("https://lich.example.org:8443/", "https://lich.example.org/", False),
        ("http://127.0.0.1:5232/", "http://127.0.0.1:5233/", False),
        ("http://127.0.0.1:5232/", "https://1.0.0.1/", False),
    ],
)
def test_the_password_goes_to_its_server_and_to_the_servers_own_siblings(
    own: str, other: str, good: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TOOLKIT_LOOPBACK_ONLY")
    assert AddressGate(own).admits(other) is good


def test_an_address_is_never_told_with_a_password_in_it() -> None:
    for typed in (f"https://lan:{CANARY}@x.example/", f"ftp://lan:{CANARY}@x.example/", f"//lan:{CANARY}@x y/"):
        with pytest.raises(UsageError) as refused:
            read_address(typed)
        assert CANARY not in str(refused.value) + str(refused.value.problem)


def test_a_setting_with_a_password_in_it_is_neither_kept_nor_repeated(cli: Cli, home: Path) -> None:
    refused = cli("config", "set", "calendar.target", f"caldav:https://lan:{CANARY}@lich.example.org/")
    assert refused.exit_code == 3
    assert CANARY not in refused.stdout + refused.stderr
    assert not (home / "config.toml").exists()
    home.mkdir()
    (home / "config.toml").write_text(f'[calendar]\ntarget = "caldav:https://lan:{CANARY}@x/"\n', encoding="utf-8")
    told = cli("doctor", "--json")
    assert CANARY not in told.stdout + told.stderr


def test_a_server_whose_certificate_nobody_vouches_for_hears_no_password(tmp_path: Path) -> None:
    heard: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_PROPFIND(self) -> None:
            heard.append(str(self.headers))

    with ThreadingHTTPServer(("127.0.0.1", 0), Listening) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self_signed(tmp_path))
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"https://127.0.0.1:{server.server_address[1]}/"
        with Server(address, Login(address[:-1], "lan", CANARY)) as wanted, pytest.raises(RemoteError) as refused:
            wanted.place()
        server.shutdown()
    assert refused.value.problem.code == "caldav.false_certificate"
    assert heard == []


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that nobody vouches for, and its key."""
    import datetime as dt
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, own = folder / "cert.pem", folder / "key.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    own.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return pem, own


def test_a_sign_in_that_others_could_read_is_closed_to_them(radicale: Radicale) -> None:
    from toolkit.caldav.sign_ins import sign_ins

    folder = Paths.find().caldav
    radicale.sign_in(folder)
    [file] = folder.iterdir()
    file.chmod(0o644)
    sign_ins(folder)
    assert file.stat().st_mode & 0o777 == 0o600
