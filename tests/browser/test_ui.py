"""Airflow's own UI in a real browser, as an operator sees it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from running import RunningStack

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
)
WAIT_MS = 60_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; .ci/run installs it on Debian"),
]


@pytest.fixture
def page(stack: RunningStack) -> Iterator[Page]:
    """A page that is logged in."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = browser.new_page(base_url=stack.ui, viewport={"width": 1280, "height": 800})
        page.set_default_timeout(WAIT_MS)
        page.goto("/auth/login")
        page.wait_for_load_state("networkidle")
        page.fill("input[name=username]", "admin")
        page.fill("input[name=password]", stack.password)
        page.click("button[type=submit]")
        page.wait_for_url(lambda url: "/auth/" not in url)
        yield page
        browser.close()


def test_an_operator_sees_a_green_run_and_what_it_did(stack: RunningStack, page: Page) -> None:
    run = stack.loading_run()
    page.goto(f"/dags/ingest_articles/runs/{run['dag_run_id']}")
    expect(page.get_by_text(run["note"]).first).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_text("Success").first).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_text("batch.load").first).to_be_visible(timeout=WAIT_MS)
    page.screenshot(path=stack.home / "run.png")


def test_the_runbook_can_be_read_beside_the_dag(page: Page) -> None:
    page.goto("/dags/ingest_articles")
    page.get_by_role("button", name="Dag Docs").or_(page.get_by_label("Dag Docs")).first.click()
    expect(page.get_by_text("If a run is red").first).to_be_visible(timeout=WAIT_MS)
