"""Tests stay on this machine: a connection beyond loopback is an error."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class OutsideConnectionError(AssertionError):
    """A test tried to leave the machine."""


def is_loopback(address: Any) -> bool:
    """A socket file, `localhost`, 127.0.0.0/8 or ::1."""
    if not isinstance(address, tuple):
        return True
    if address[0] == "localhost":
        return True
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return False


@contextmanager
def loopback_only() -> Iterator[None]:
    """Refuse `socket.connect` to anywhere else for the length of the block."""
    saved = socket.socket.connect, socket.socket.connect_ex

    def guarded(original: Any) -> Any:
        def connect(self: socket.socket, address: Any) -> Any:
            if not is_loopback(address):
                raise OutsideConnectionError(f"tests may not connect to {address}")
            return original(self, address)

        return connect

    socket.socket.connect = guarded(saved[0])  # type: ignore[method-assign]
    socket.socket.connect_ex = guarded(saved[1])  # type: ignore[method-assign]
    try:
        yield
    finally:
        socket.socket.connect, socket.socket.connect_ex = saved  # type: ignore[method-assign]
