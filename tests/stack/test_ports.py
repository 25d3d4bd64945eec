from __future__ import annotations

import socket
import sys

import pytest

from copydesk.stack.ports import LOOPBACK, Ports


@pytest.fixture
def usual() -> int:
    """A port that is free."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def test_the_usual_port_is_chosen_when_it_is_free(usual: int) -> None:
    with Ports() as ports:
        assert ports.take(usual) == (usual,)


def test_another_port_is_chosen_when_somebody_listens_on_the_usual_one() -> None:
    with socket.socket() as other, Ports() as ports:
        other.bind((LOOPBACK, 0))
        other.listen()
        (chosen,) = ports.take(other.getsockname()[1])
        assert chosen != other.getsockname()[1]
        assert chosen > 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that end with their process")
def test_two_stacks_that_start_at_the_same_time_choose_different_ports(usual: int) -> None:
    with Ports() as one, Ports() as other:
        assert one.take(usual) == (usual,)
        assert other.take(usual) != (usual,)
    with Ports() as later:
        assert later.take(usual) == (usual,)
