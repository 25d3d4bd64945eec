"""No host is asked more than it may, whoever asks and whoever dies: a small run of what `make bench-pace` proves."""

from __future__ import annotations

from benchmarks.pace import holds, prove


def test_no_host_sees_two_requests_closer_or_more_at_a_time_than_it_may_even_when_a_worker_is_killed(dsn: str) -> None:
    proof = prove(dsn, hosts=20, workers=3, kill=True, patience=240)
    assert proof.violations == ()
    assert proof.ended == {"loaded": proof.urls}
    assert sum(kind.requests for kind in proof.kinds) > proof.urls
    assert {kind.largest_concurrency for kind in proof.kinds if kind.concurrency == 1} == {1}
    assert (proof.refusals, proof.taken_over) == (4, proof.left_by_the_killed)
    assert holds(proof)
