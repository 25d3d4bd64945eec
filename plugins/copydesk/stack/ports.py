"""Free ports on loopback."""

from __future__ import annotations

import socket

LOOPBACK = "127.0.0.1"


def free_port(usual: int, taken: frozenset[int] = frozenset()) -> int:
    """The usual port if nobody listens on it and it is not in `taken`, otherwise one that the system chooses."""
    for port in (usual, 0):
        if port in taken:
            continue
        try:
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                # on every address, as Airflow's log servers listen on all of them
                probe.bind(("", port))
                chosen: int = probe.getsockname()[1]
                return chosen
        except OSError:
            continue
    raise OSError("no free port")


def free_ports(*usual: int) -> tuple[int, ...]:
    """`free_port` for several, all different."""
    chosen: list[int] = []
    for port in usual:
        chosen.append(free_port(port, frozenset(chosen)))
    return tuple(chosen)
