"""How commands ask sites: in turn with all workers and by what operators set, where there is a database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

import click

from copydesk.errors import DatabaseError
from copydesk.settings import Settings

if TYPE_CHECKING:
    from copydesk.fetch import Fetcher


@asynccontextmanager
async def asking(settings: Settings) -> AsyncIterator[Fetcher]:
    """A fetcher as ingestion has it; a database that does not answer is told of and done without."""
    from copydesk.fetch import Fetcher  # noqa: PLC0415 - aiohttp only for commands that fetch

    async with AsyncExitStack() as stack:
        shared = await _shared(stack, settings) if settings.database else None
        if shared is not None:
            yield shared
        else:
            yield await stack.enter_async_context(Fetcher(settings))


async def _shared(stack: AsyncExitStack, settings: Settings) -> Fetcher | None:
    from copydesk.frontier.fetcher import shared_fetcher  # noqa: PLC0415 - as above

    try:
        return await stack.enter_async_context(shared_fetcher(settings))
    except DatabaseError as error:
        click.echo(f"copydesk: asked without what is set for sites: {error}", err=True)
        return None
