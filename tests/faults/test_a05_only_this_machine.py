"""A05: the listener of a sign-in is on loopback alone; from any other address of this machine there is nobody."""

from __future__ import annotations

import ipaddress
import socket
import sys

import psutil
import pytest

from builders.browsing import pages
from toolkit.google.listener import Listener

OTHERS = sorted(
    address.address
    for addresses in psutil.net_if_addrs().values()
    for address in addresses
    if address.family == socket.AF_INET and not ipaddress.ip_address(address.address).is_loopback
)


def answers(host: str, port: int) -> bool:
    with socket.socket() as knock:
        knock.settimeout(5)
        return knock.connect_ex((host, port)) == 0


@pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2", *OTHERS])
def test_the_listener_hears_this_machine_alone() -> None:
    with Listener("s" * 43, pages()) as listener:
        assert answers("127.0.0.1", listener.port)
        if sys.platform == "linux":  # here all of 127/8 is this machine; whoever listens everywhere answers there too
            assert not answers("127.0.0.2", listener.port)
        for other in OTHERS:
            assert not answers(other, listener.port)


def test_no_address_but_loopback_is_ever_listened_on() -> None:
    with Listener("s" * 43, pages()) as listener:
        mine = [
            one.laddr.ip
            for one in psutil.Process().net_connections(kind="tcp")
            if one.status == psutil.CONN_LISTEN and one.laddr.port == listener.port
        ]
        assert mine == ["127.0.0.1"]
        assert listener.redirect_uri == f"http://127.0.0.1:{listener.port}/"
