"""`python -m copydesk.newswire`: serve until stopped; the first line printed is JSON with the feeds' URLs."""

from __future__ import annotations

import asyncio
import json
import signal

import click

from copydesk.newswire.server import Newswire, serving


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--ports", default="", help="Ports, one a publisher, as 8101,8102,8103; free ones by default.")
def main(ports: str) -> None:
    """Serve the demo newswire on 127.0.0.1 until interrupted."""
    asyncio.run(_serve([int(port) for port in ports.split(",") if port]))


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
