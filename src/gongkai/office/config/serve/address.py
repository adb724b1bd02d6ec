"""The address that the office listens at, and whether it is to be had."""

from __future__ import annotations

import errno
import socket

_FURTHER = 50  # ports to try beyond the one that was asked for


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens at ``host:port``. Raises ``OSError`` when this machine has no such address or right."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
    return True


def next_free(host: str, port: int) -> int | None:
    """The first free port from ``port`` on, if there is one nearby."""
    for candidate in range(port, min(port + _FURTHER, 65_535) + 1):
        if is_free(host, candidate):
            return candidate
    return None


def shown(host: str, port: int, *, https: bool) -> str:
    """The address for people: one that a browser on this machine can open."""
    name = {"0.0.0.0": "localhost", "::": "localhost", "127.0.0.1": "127.0.0.1"}.get(host, host)
    return f"{'https' if https else 'http'}://{f'[{name}]' if ':' in name else name}:{port}/"
