from __future__ import annotations

import gzip
import random
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from copydesk.fetch.body import MAX_MEMBERS, BodyLimits, BombError, CodingError, beginning, decompressed

LIMITS = BodyLimits()
TEXT = b"<p>A paragraph of news.</p>" * 1000


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


CODINGS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


@pytest.mark.parametrize("coding", CODINGS)
@given(body=st.binary(max_size=5000))
def test_what_was_compressed_comes_back(coding: str, body: bytes) -> None:
    assert decompressed(CODINGS[coding](body), coding, LIMITS) == body


def test_a_bare_deflate_stream_is_read_too() -> None:
    assert decompressed(bare_deflate(TEXT), "deflate", LIMITS) == TEXT


def test_members_of_a_gzip_file_are_joined() -> None:
    assert decompressed(gzip.compress(b"a") + gzip.compress(b"b") + b"\0\0", "gzip", LIMITS) == b"ab"


def test_a_gzip_file_of_nothing_but_members_is_refused() -> None:
    empty = gzip.compress(b"", mtime=0)
    assert decompressed(empty * MAX_MEMBERS, "gzip", LIMITS) == b""
    with pytest.raises(CodingError, match="10,000 gzip members"):
        decompressed(empty * (MAX_MEMBERS + 1), "gzip", LIMITS)


@pytest.mark.parametrize("coding", CODINGS)
def test_the_beginning_of_a_body_is_read_also_where_it_is_cut_off_or_a_bomb(coding: str) -> None:
    text = random.Random(1).randbytes(300_000)
    whole = CODINGS[coding](text)
    assert beginning(whole, coding, 1000) == text[:1000]
    assert text.startswith(found := beginning(whole[:-50_000], coding, 300_000))
    assert len(found) > 100_000
    assert beginning(CODINGS[coding](b"x" * 5_000_000), coding, 1000) == b"x" * 1000


def test_the_beginning_of_what_is_not_compressed_as_it_says_is_empty() -> None:
    assert beginning(TEXT, "gzip", 1000) == b""
    assert beginning(TEXT, "identity", 5) == TEXT[:5]


def test_frames_of_a_zstd_body_are_joined() -> None:
    body = b"".join(zstandard.compress(bytes([65 + n % 26]) * n) for n in range(200)) + b"\x50\x2a\x4d\x18\x02\0\0\0hi"
    assert decompressed(body, "zstd", LIMITS) == b"".join(bytes([65 + n % 26]) * n for n in range(200))


def test_codings_are_undone_from_the_last_to_the_first() -> None:
    assert decompressed(brotli.compress(gzip.compress(TEXT)), "gzip, br", LIMITS) == TEXT


def test_no_coding_is_no_work() -> None:
    assert decompressed(TEXT, "identity", LIMITS) == TEXT


@pytest.mark.parametrize("coding", CODINGS)
def test_more_than_the_limit_is_a_bomb(coding: str) -> None:
    with pytest.raises(BombError):
        decompressed(CODINGS[coding](b"x" * 3_000_000), coding, BodyLimits(decompressed_bytes=2_000_000))


@pytest.mark.parametrize("coding", CODINGS)
def test_more_than_the_ratio_is_a_bomb_only_when_it_is_large(coding: str) -> None:
    with pytest.raises(BombError):
        decompressed(CODINGS[coding](b"x" * 5_000_000), coding, LIMITS)
    assert len(decompressed(CODINGS[coding](b"x" * 500_000), coding, LIMITS)) == 500_000


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_cut_stream_is_an_error(coding: str) -> None:
    with pytest.raises(CodingError):
        decompressed(CODINGS[coding](TEXT)[:-9], coding, LIMITS)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "sdch", "gzip, gzip, gzip"])
@given(body=st.binary(min_size=1, max_size=200))
def test_any_bytes_are_read_or_an_error_of_ours(coding: str, body: bytes) -> None:
    try:
        decompressed(body, coding, LIMITS)
    except (CodingError, BombError):
        return
    assert coding in CODINGS
