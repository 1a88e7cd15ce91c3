"""A cable between a browser and a server that can be pulled out and put back."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

LOOPBACK = "127.0.0.1"


class Cable:
    """Hands every byte through to the server, as long as it is plugged in."""

    def __init__(self, server: str) -> None:
        parts = urlsplit(server)
        self._server = (parts.hostname or LOOPBACK, parts.port or 80)
        self._open: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self._port = 0
        self.plug_in()

    @property
    def url(self) -> str:
        """The address at the browser's end; it stays the same."""
        return f"http://{self._server[0]}:{self._port}"

    def plug_in(self) -> None:
        """Connect again, at the same address."""
        self._listener = socket.create_server((LOOPBACK, self._port), reuse_port=True)
        self._port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def pull_out(self) -> None:
        """Nothing goes through any more, what was under way included."""
        if self._listener:
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
        for one in list(self._open):
            _end(one)
        self._open.clear()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
                far = socket.create_connection(self._server)
            except OSError:
                return
            self._open |= {near, far}
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=_hand_through, args=(source, target), daemon=True).start()


def _hand_through(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(1 << 16):
            target.sendall(piece)
    _end(source)
    _end(target)


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextmanager
def cable_to(server: str) -> Iterator[Cable]:
    """A cable for the length of the block."""
    cable = Cable(server)
    try:
        yield cable
    finally:
        cable.pull_out()
