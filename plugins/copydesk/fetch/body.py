"""Bodies: decompressed within limits, whatever they claim to be."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass

import brotli
import zstandard

from copydesk.settings import MAX_BODY_BYTES, MAX_DECOMPRESSED_BYTES, MAX_DECOMPRESSION_RATIO

CHUNK_BYTES = 64 * 1024
ZSTD_PIECE_BYTES = 256  # four bytes may say 128 KiB
# Below this no ratio is suspicious: a short page of blanks compresses a thousand times and harms nobody.
RATIO_FREE_BYTES = 1024 * 1024
MAX_CODINGS = 2
MAX_MEMBERS = 10_000  # of a gzip file; those that are made of blocks have some hundreds
GZIP_MAGIC = b"\x1f\x8b"
ACCEPT_ENCODING = "gzip, deflate, br, zstd"


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """Bytes of a body as read, bytes after decompression, and how many times larger it may become."""

    read_bytes: int = MAX_BODY_BYTES
    decompressed_bytes: int = MAX_DECOMPRESSED_BYTES
    ratio: int = MAX_DECOMPRESSION_RATIO


class BombError(Exception):
    """A body grows beyond the limits when it is decompressed."""


class CodingError(Exception):
    """A body is not what its Content-Encoding says."""


FOREIGN = (zlib.error, brotli.error, zstandard.ZstdError)


def decompressed(body: bytes, codings: str, limits: BodyLimits) -> bytes:
    """`body` without its content codings (a Content-Encoding header). Raises BombError and CodingError."""
    for decoder in _decoders(codings):
        body = _bounded(decoder(body), len(body), limits)
    return body


def beginning(body: bytes, codings: str, most: int) -> bytes:
    """The first `most` bytes of `body` without its content codings, as far as they can be read; it may be cut off."""
    with suppress(CodingError):
        for decoder in _decoders(codings):
            body = _start(decoder(body), most)
    return body[:most]


def _start(chunks: Iterator[bytes], most: int) -> bytes:
    whole = bytearray()
    with suppress(CodingError, *FOREIGN):
        for chunk in chunks:
            whole += chunk
            if len(whole) >= most:
                break
    return bytes(whole)


def _decoders(codings: str) -> list[Callable[[bytes], Iterator[bytes]]]:
    """In the order in which they are to be undone. Raises CodingError."""
    names = [name.strip().lower() for name in codings.split(",") if name.strip().lower() not in ("", "identity")]
    if len(names) > MAX_CODINGS:
        raise CodingError(f"{len(names)} content codings, more than anyone needs")
    return [_decoder(name) for name in reversed(names)]


def _bounded(chunks: Iterator[bytes], size_read: int, limits: BodyLimits) -> bytes:
    most = min(limits.decompressed_bytes, max(size_read * limits.ratio, RATIO_FREE_BYTES))
    whole = bytearray()
    try:
        for chunk in chunks:
            whole += chunk
            if len(whole) > most:
                raise BombError(f"{size_read} bytes decompress to more than {most}")
    except FOREIGN as error:
        raise CodingError(f"the body is not compressed as it says: {error}") from error
    return bytes(whole)


def _decoder(name: str) -> Callable[[bytes], Iterator[bytes]]:
    try:
        return _DECODERS[name]
    except KeyError:
        raise CodingError(f"the content coding {name[:40]!r} is not one that was asked for") from None


def _gzip(body: bytes) -> Iterator[bytes]:
    """Members may follow one another, with zeros between them; what else follows is padding."""
    if not body.startswith(GZIP_MAGIC):
        raise CodingError("the body is not gzip as it says")
    at = members = 0
    while body.startswith(GZIP_MAGIC, at):
        members += 1
        if members > MAX_MEMBERS:
            raise CodingError(f"more than {MAX_MEMBERS:,} gzip members")
        at = yield from _inflated(zlib.decompressobj(16 + zlib.MAX_WBITS), body, at)
        while body.startswith(b"\0", at):
            at += 1


def _deflate(body: bytes) -> Iterator[bytes]:
    """RFC 9110 says zlib format; some servers send the bare stream."""
    bare = len(body) < 2 or body[0] & 0x0F != 8 or (body[0] << 8 | body[1]) % 31  # noqa: PLR2004 - RFC 1950, 2.2
    yield from _inflated(zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS), body)


def _inflated(stream: zlib._Decompress, body: bytes, at: int = 0) -> Generator[bytes, None, int]:
    """What a stream that begins `at` makes of `body`; returns where it ended.

    Given piece by piece, since what zlib leaves of a piece is copied each time.
    """
    piece = b""
    while not stream.eof:
        if not piece:
            piece = body[at : at + CHUNK_BYTES]
            at += len(piece)
        chunk = stream.decompress(piece, CHUNK_BYTES)
        if not chunk and not piece and not stream.eof:
            raise CodingError("the compressed body ends before its end")
        piece = stream.unconsumed_tail
        yield chunk
    return at - len(stream.unused_data)


def _brotli(body: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    yield stream.process(body, output_buffer_limit=CHUNK_BYTES)
    while not stream.is_finished():
        chunk = stream.process(b"", output_buffer_limit=CHUNK_BYTES)
        if not chunk and stream.can_accept_more_data():
            raise CodingError("the compressed body ends before its end")
        yield chunk


def _zstd(body: bytes) -> Iterator[bytes]:
    """Piece by piece, since what one piece may become is not bounded otherwise; frames may follow one another."""
    decompressor = zstandard.ZstdDecompressor(max_window_size=8 * 1024 * 1024)
    stream = decompressor.decompressobj()
    for start in range(0, len(body), ZSTD_PIECE_BYTES):
        piece = body[start : start + ZSTD_PIECE_BYTES]
        while piece:
            if stream.eof:
                stream = decompressor.decompressobj()
            yield stream.decompress(piece)
            piece = stream.unused_data if stream.eof else b""
    if not stream.eof:
        raise CodingError("the compressed body ends before its end")


_DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
