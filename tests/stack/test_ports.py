from __future__ import annotations

import socket

from copydesk.stack.ports import LOOPBACK, free_port, free_ports


def test_the_usual_port_is_chosen_when_it_is_free() -> None:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        usual = probe.getsockname()[1]
    assert free_port(usual) == usual


def test_another_port_is_chosen_when_somebody_listens_on_the_usual_one() -> None:
    with socket.socket() as other:
        other.bind((LOOPBACK, 0))
        other.listen()
        taken = other.getsockname()[1]
        chosen = free_port(taken)
    assert chosen != taken
    assert chosen > 0


def test_several_ports_are_all_different_even_when_the_same_one_is_asked_for() -> None:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        usual = probe.getsockname()[1]
    chosen = free_ports(usual, usual, usual)
    assert chosen[0] == usual
    assert len(set(chosen)) == 3
