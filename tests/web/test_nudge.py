"""Telling Airflow, against an application that answers as its REST interface does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import httpx
import pytest
from fastapi import FastAPI, HTTPException, Request

from copydesk.errors import UsageError
from copydesk.settings import Settings
from copydesk.web.nudge import ENTRIES, FEEDS, Login, Nudger, nudger

PATIENCE_SECONDS = 20
GOOD = {"username": "copydesk", "password": "right"}


@dataclass
class Airflow:
    """As much of Airflow as is asked: tokens, assets, events. `assets` maps URIs, as Airflow writes them, to ids."""

    assets: dict[str, int] = field(default_factory=lambda: {"copydesk://entries/": 7, "copydesk://feeds/": 8})
    tokens: list[str] = field(default_factory=list)
    events: list[tuple[int, int]] = field(default_factory=list)
    is_up: bool = True

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/auth/token", status_code=201)
        def token(who: dict[str, str]) -> dict[str, str]:
            if who != GOOD:
                raise HTTPException(401)
            self.tokens.append(f"token-{len(self.tokens)}")
            return {"access_token": self.tokens[-1]}

        @app.get("/api/v2/assets")
        def assets(request: Request, uri_pattern: str) -> dict[str, object]:
            self._check(request)
            return {"assets": [{"id": key, "uri": uri} for uri, key in self.assets.items() if uri_pattern in uri]}

        @app.post("/api/v2/assets/events")
        async def event(request: Request) -> None:
            self._check(request)
            told = await request.json()
            if told["asset_id"] not in self.assets.values():
                raise HTTPException(404)
            self.events.append((told["asset_id"], told["extra"]["pushes"]))

        return app

    def forget_tokens(self) -> None:
        self.tokens.append("none of those given out")

    def _check(self, request: Request) -> None:
        if not self.is_up:
            raise HTTPException(503)
        if request.headers.get("authorization") != f"Bearer {self.tokens[-1] if self.tokens else ''}":
            raise HTTPException(401)


@pytest.fixture
def airflow() -> Airflow:
    return Airflow()


@pytest.fixture
async def telling(airflow: Airflow) -> AsyncIterator[Nudger]:
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(app=airflow.app()),
        base_url="http://airflow.test",
        auth=Login("http://airflow.test/auth/token", *GOOD.values()),
    )
    telling = Nudger(client, gap_seconds=0.01)
    yield telling
    await telling.close()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110 - nobody sets an event
            await asyncio.sleep(0.005)


async def test_airflow_is_told_with_a_token_of_its_own(airflow: Airflow, telling: Nudger) -> None:
    telling.tell(ENTRIES)
    await until(lambda: airflow.events == [(7, 1)])
    telling.tell(FEEDS)
    await until(lambda: airflow.events == [(7, 1), (8, 1)])
    assert len(airflow.tokens) == 1


async def test_burst_is_two_events_that_count_its_pushes(airflow: Airflow, telling: Nudger) -> None:
    telling.tell(ENTRIES)
    await asyncio.sleep(0)
    for _ in range(99):
        telling.tell(ENTRIES)
    await until(lambda: sum(pushes for _, pushes in airflow.events) == 100)
    assert airflow.events == [(7, 1), (7, 99)]


async def test_token_that_is_not_good_any_more_is_asked_for_anew(airflow: Airflow, telling: Nudger) -> None:
    telling.tell(ENTRIES)
    await until(lambda: len(airflow.events) == 1)
    airflow.forget_tokens()
    telling.tell(ENTRIES)
    await until(lambda: len(airflow.events) == 2)


async def test_asset_that_was_made_anew_is_looked_up_again(airflow: Airflow, telling: Nudger) -> None:
    telling.tell(ENTRIES)
    await until(lambda: airflow.events == [(7, 1)])
    airflow.assets["copydesk://entries/"] = 17
    telling.tell(ENTRIES)
    await until(lambda: airflow.events == [(7, 1), (17, 1)])


async def test_airflow_that_does_not_answer_is_logged_and_told_the_next_time(
    airflow: Airflow, telling: Nudger, caplog: pytest.LogCaptureFixture
) -> None:
    airflow.is_up = False
    with caplog.at_level(logging.WARNING):
        telling.tell(ENTRIES)
        await until(lambda: "was not told" in caplog.text)
    assert airflow.events == []
    airflow.is_up = True
    telling.tell(ENTRIES)
    await until(lambda: airflow.events == [(7, 1)])


async def test_wrong_password_is_logged_without_the_password(
    airflow: Airflow, caplog: pytest.LogCaptureFixture
) -> None:
    login = Login("http://airflow.test/auth/token", "copydesk", "wrong-one")
    transport = httpx.ASGITransport(app=airflow.app())
    telling = Nudger(httpx.AsyncClient(transport=transport, base_url="http://airflow.test", auth=login))
    with caplog.at_level(logging.WARNING):
        telling.tell(ENTRIES)
        await until(lambda: "401" in caplog.text)
    assert "wrong-one" not in caplog.text
    await telling.close()


async def test_password_stands_in_no_url_that_is_asked() -> None:
    telling = nudger("http://copydesk:s%2Fcret@127.0.0.1:8080/airflow/")
    assert str(telling._client.base_url) == "http://127.0.0.1:8080/airflow/"
    assert isinstance(telling._client.auth, Login)
    assert telling._client.auth._who == {"username": "copydesk", "password": "s/cret"}
    assert telling._client.auth._url == "http://127.0.0.1:8080/airflow/auth/token"
    await telling.close()


@pytest.mark.parametrize(
    "address", ["copydesk:pw@host:8080", "http://127.0.0.1:8080", "http://copydesk:sla/sh@127.0.0.1:8080", "http://:@h"]
)
def test_address_that_cannot_be_read_is_an_error_that_does_not_show_it(address: str) -> None:
    with pytest.raises(UsageError, match="COPYDESK_AIRFLOW") as error:
        Settings.from_environment({"COPYDESK_AIRFLOW": address})
    assert address not in str(error.value)


def test_settings_do_not_show_the_password() -> None:
    settings = Settings.from_environment({"COPYDESK_AIRFLOW": "http://copydesk:secret@127.0.0.1:8080"})
    assert settings.airflow == "http://copydesk:secret@127.0.0.1:8080"
    assert "secret" not in repr(settings)
