"""The guard itself: a test that leaves the machine must fail."""

import socket

import pytest


def test_a_connection_beyond_loopback_is_refused() -> None:
    with socket.socket() as outside, pytest.raises(AssertionError, match="a test tried to"):
        outside.connect(("192.0.2.1", 443))


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(AssertionError, match="a test tried to"):
        socket.getaddrinfo("gmail.googleapis.com", 443)
