"""`python -m copydesk.newswire`: serve until stopped; the first line printed is JSON with the feeds' URLs."""

from __future__ import annotations

import asyncio
import json
import signal

import click

from copydesk.newswire.server import Newswire, serving

MAX_PORT = 65535


def _numbers(_context: click.Context, _parameter: click.Parameter, value: str) -> list[int]:
    try:
        ports = [int(port) for port in value.split(",") if port]
    except ValueError:
        ports = [-1]
    if not all(0 <= port <= MAX_PORT for port in ports):
        raise click.BadParameter(f"{value!r} is not a list of ports; give it as 8101,8102,8103")
    return ports


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--ports", default="", callback=_numbers, help="One a publisher, as 8101,8102,8103; 0 or none is any that is free."
)
def main(ports: list[int]) -> None:
    """Serve the demo newswire on 127.0.0.1 until interrupted."""
    try:
        asyncio.run(_serve(ports))
    except OSError as error:
        raise click.ClickException(f"{error.strerror}; give other ports, or none for any that are free") from error


async def _serve(ports: list[int]) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with serving(ports) as newswire:
        click.echo(json.dumps(_description(newswire), ensure_ascii=False))
        await stopped.wait()


def _description(newswire: Newswire) -> dict[str, object]:
    sites = {site.publisher.name: site.base_url for site in newswire.sites}
    return {"feeds": list(newswire.feed_urls), "sites": sites}


if __name__ == "__main__":
    main()
