"""Pushes into a stack as a user starts it: through Airflow's own server, into rows."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psycopg2
import pytest
from aiohttp import web
from tests.web.hub import Hub, rss

from copydesk import frontier
from copydesk.database import connect, transaction
from copydesk.models import Entry
from copydesk.newswire import Newswire, expected, serving_in_thread
from copydesk.push.signing import sign
from copydesk.push.telling import told
from copydesk.urls import registrable_domain
from running import RunningStack, eventually

COPYDESK = Path(sys.executable).with_name("copydesk")
INGEST_SECONDS = 120
GOOD = sorted(path for path, one in expected().items() if not one.quarantine)


@pytest.fixture(scope="module")
def newswire() -> Iterator[Newswire]:
    with serving_in_thread() as newswire:
        yield newswire


@pytest.fixture(scope="module")
def secret(stack: RunningStack) -> str:
    added = subprocess.run(
        [COPYDESK, "push", "sources", "add", "wire", "--json"],
        env=stack.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    secret: str = json.loads(added.stdout)["secret"]
    return secret


def push(stack: RunningStack, secret: str, message: object) -> httpx.Response:
    body, now = json.dumps(message).encode(), int(time.time())
    headers = {
        "content-type": "application/json",
        "x-copydesk-timestamp": str(now),
        "x-copydesk-signature": sign(secret, now, body),
    }
    return httpx.post(f"{stack.ui}/copydesk/push/wire", content=body, headers=headers, timeout=60)


def row(stack: RunningStack, url: str) -> tuple[Any, ...] | None:
    with psycopg2.connect(stack.database) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT title FROM news.articles WHERE url = %s", (url,))
        found: tuple[Any, ...] | None = cursor.fetchone()
    connection.close()
    return found


def events(stack: RunningStack, since: datetime) -> list[dict[str, Any]]:
    """The events of the frontier's asset that no task made, oldest first."""
    return [event for event in events_of(stack, "entries", since) if event["source_task_id"] is None]


def events_of(stack: RunningStack, asset: str, since: datetime) -> list[dict[str, Any]]:
    parameters = {"timestamp_gte": since.isoformat(), "name_pattern": asset, "order_by": "timestamp"}
    answer = stack.api.get("/api/v2/assets/events", params=parameters).raise_for_status()
    found: list[dict[str, Any]] = answer.json()["asset_events"]
    return found


def dags_nudged(stack: RunningStack, since: datetime) -> list[str]:
    """The DAG of each run that one event made by hand started: the first event to which Airflow credits any."""
    runs = (event["created_dagruns"] for event in events(stack, since) if event["extra"].get("by") == "hand")
    return [run["dag_id"] for run in next(filter(None, runs), [])]


def test_pushed_url_is_a_row_by_one_event_that_the_api_server_made_itself(
    stack: RunningStack, newswire: Newswire, secret: str
) -> None:
    url, began = newswire.url(GOOD[0]), datetime.now(UTC)
    assert push(stack, secret, {"urls": [url]}).status_code == 202
    assert eventually(lambda: row(stack, url), "the row", INGEST_SECONDS) == (expected()[GOOD[0]].title,)
    assert [event["extra"] for event in events(stack, began)] == [{"pushes": 1, "from_rest_api": True}]
    assert eventually(lambda: events_of(stack, "articles", began), "the event of its load", INGEST_SECONDS)
    assert events_of(stack, "lessons", began) == []  # one page more does not make its site due


def test_entries_that_nobody_pushed_are_heard_of_by_the_watcher(stack: RunningStack, newswire: Newswire) -> None:
    url, began = newswire.url(GOOD[1]), datetime.now(UTC)
    add(stack, url, telling=False)
    assert eventually(lambda: row(stack, url), "the row", INGEST_SECONDS)
    # A timed run may be first to load the row.
    assert "from_trigger" in eventually(lambda: events(stack, began), "the watcher's event", INGEST_SECONDS)[0]["extra"]


def test_nudge_by_airflows_own_interface_starts_a_run_and_a_stranger_may_not_give_it(
    stack: RunningStack, newswire: Newswire
) -> None:
    url, began = newswire.url(GOOD[2]), datetime.now(UTC)
    add(stack, url, telling=None)
    assets = stack.api.get("/api/v2/assets", params={"name_pattern": "entries"}).json()["assets"]
    event = {"asset_id": assets[0]["id"], "extra": {"by": "hand"}}
    assert httpx.post(f"{stack.ui}/api/v2/assets/events", json=event, timeout=60).status_code == 401

    def nudge() -> None:
        stack.api.post("/api/v2/assets/events", json=event).raise_for_status()

    def nudged_again_if_need_be() -> list[str]:
        """An event that comes while another waits shares that one's run, but Airflow credits it to the next one."""
        if not (dags := dags_nudged(stack, began)):
            nudge()
            time.sleep(5)
        return dags

    nudge()
    assert eventually(lambda: row(stack, url), "the row", INGEST_SECONDS)
    assert eventually(nudged_again_if_need_be, "a nudge's own run", INGEST_SECONDS) == ["ingest_articles"]


def test_push_that_airflow_was_not_told_of_is_taken_up_a_little_later(stack: RunningStack, newswire: Newswire) -> None:
    url = newswire.url(GOOD[3])
    add(stack, url, telling=True)
    assert eventually(lambda: row(stack, url), "the row", INGEST_SECONDS)


@pytest.fixture
async def hub() -> AsyncIterator[Hub]:
    hub = Hub()
    runner = web.AppRunner(hub.app())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hub.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    hub.feed_body = rss(hub.url)
    yield hub
    await runner.cleanup()


async def test_feed_whose_hub_pushes_is_a_row_and_status_says_that_the_push_was_first(
    stack: RunningStack, newswire: Newswire, hub: Hub
) -> None:
    async def copydesk(*arguments: str) -> str:
        environment = stack.environment | {"COPYDESK_ALLOW_NETWORKS": "127.0.0.0/8", "COPYDESK_PUBLIC_URL": stack.ui}
        process = await asyncio.create_subprocess_exec(COPYDESK, *arguments, env=environment, stdout=subprocess.PIPE)
        output, _ = await process.communicate()
        assert process.returncode == 0
        return output.decode()

    feed, url = f"{hub.url}/feed", newswire.url(GOOD[4])
    await copydesk("feeds", "add", feed)
    await copydesk("feeds", "push", feed, "on")
    await hub.settle()
    body = rss(hub.url, "one").replace("https://news.example.org/one", url)
    assert await hub.distribute(body.encode()) == 202
    assert await asyncio.to_thread(eventually, lambda: row(stack, url), "the row", INGEST_SECONDS)
    status = json.loads(await copydesk("feeds", "push", feed, "status", "--json"))
    assert (status["state"], status["pushed_first"], status["polled_first"]) == ("active", 1, 0)
    await copydesk("feeds", "push", feed, "off")
    await hub.settle()
    assert hub.subscribers == {}
    await copydesk("feeds", "remove", feed)


def test_schema_of_pushes_is_published(stack: RunningStack) -> None:
    schema = httpx.get(f"{stack.ui}/copydesk/push/openapi.json", timeout=60).json()
    assert {"urls", "items", "articles"} == set(schema["components"]["schemas"]["Push"]["properties"])


def add(stack: RunningStack, url: str, *, telling: bool | None) -> None:
    """Add an entry: notified of as usual, or as who tells Airflow himself does it, or (None) without any notice."""
    entry = Entry(url=url, canonical_url=url, domain=registrable_domain(url), source="command")
    with connect(stack.database) as connection, transaction(connection):
        if telling is None:
            connection.cursor().execute("SET LOCAL session_replication_role = replica")  # no trigger fires
        elif telling:
            told(connection)
        frontier.add(connection, [entry], datetime.now(UTC))
