"""What every test shares: no network beyond loopback, a home of its own, Hypothesis profiles."""

from __future__ import annotations

import os
import socket
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

settings.register_profile("ci", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.register_profile("dev", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "dev")

REAL_CONNECT = socket.socket.connect
REAL_RESOLVE = socket.getaddrinfo


class NetworkReachedError(AssertionError):
    """A test tried to leave the machine."""


def _is_loopback(host: object) -> bool:
    if host in ("localhost", "", None):
        return True
    try:
        return ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _guarded_connect(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
        raise NetworkReachedError(f"a test tried to connect to {address[0]}")
    REAL_CONNECT(self, address)


def _guarded_resolve(host: Any, *arguments: Any, **options: Any) -> Any:
    if not _is_loopback(host.decode() if isinstance(host, bytes) else host):
        raise NetworkReachedError(f"a test tried to look up {host}")
    return REAL_RESOLVE(host, *arguments, **options)


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuses every connection and look-up that is not on loopback."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guarded_connect)
        patch.setattr(socket, "getaddrinfo", _guarded_resolve)
        yield


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test has a SUSUL_HOME of its own, no proxy from outside, and reads English."""
    home = tmp_path / "home"
    monkeypatch.setenv("SUSUL_HOME", str(home))
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_MESSAGES", "C")
    return home
