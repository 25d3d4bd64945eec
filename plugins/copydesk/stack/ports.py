"""Free ports on loopback, each for one stack only even when two start at the same time."""

from __future__ import annotations

import socket
import sys
from contextlib import ExitStack

LOOPBACK = "127.0.0.1"


class Ports(ExitStack):
    """Hands out ports and keeps other stacks from choosing the same ones, until it is closed or the process ends.

    Between the choice of a port and its use lie seconds, in which it still looks free.
    """

    def take(self, *usual: int) -> tuple[int, ...]:
        """For each usual port itself if it is free, otherwise one that the system chooses; all different."""
        return tuple(self._take_one(port) for port in usual)

    def _take_one(self, usual: int) -> int:
        port = _free(usual)
        while port is None or not self._claim(port):
            port = _free(0)
        return port

    def _claim(self, port: int) -> bool:
        """Claim by a name that the kernel gives to one process only and takes back when that ends; Linux has such."""
        if sys.platform != "linux":
            return True
        name = socket.socket(socket.AF_UNIX)
        try:
            name.bind(f"\0copydesk/port/{port}")
        except OSError:
            name.close()
            return False
        self.enter_context(name)
        return True


def _free(port: int) -> int | None:
    """The port if nobody listens on it, None if somebody does; 0 stands for any."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return None
        chosen: int = probe.getsockname()[1]
        return chosen
