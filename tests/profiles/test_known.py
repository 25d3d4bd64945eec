from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from copydesk.errors import PermanentPageError
from copydesk.models import Page
from copydesk.profiles.known import Known, take
from copydesk.profiles.learn import learn
from copydesk.profiles.trust import Record, sampled

DOMAIN = "gazette.example"
Site = Callable[..., list]


@pytest.fixture(scope="module")
def known(site: Site) -> Known:
    return Known(DOMAIN, 3, learn([told.page for told in site(5)], DOMAIN).to_json())


def unsampled(told_pages: list) -> list:
    return [told for told in told_pages if not sampled(told.page.url)]


def test_page_of_a_known_site_is_read_by_its_profile(site: Site, known: Known) -> None:
    told = unsampled(site(3, start=20))[0]
    taken = take(told.page, known=known)
    assert taken.extract.reading == "profile"
    assert [(one.version, one.record) for one in taken.observed] == [(3, Record(hits=1))]


def test_page_of_an_unknown_site_is_read_without(site: Site) -> None:
    taken = take(site(1, start=20)[0].page)
    assert taken.extract.reading != "profile"
    assert taken.observed == ()


def test_page_in_a_layout_that_is_not_known_falls_back_and_counts_as_a_miss(site: Site, known: Known) -> None:
    told = site(1, start=21, layout="new")[0]
    taken = take(told.page, known=known)
    assert taken.extract.reading != "profile"
    assert [one.record for one in taken.observed] == [Record(misses=1)]
    texts = [block.text for block in taken.extract.blocks]
    assert set(texts) >= set(told.body[:4])


def test_repeated_texts_of_the_site_go_from_pages_that_fall_back_too(site: Site, known: Known) -> None:
    taken = take(site(1, start=22, layout="new")[0].page, known=known)
    assert not any("views of our readers" in block.text for block in taken.extract.blocks)


def test_a_template_that_was_given_up_is_not_used(site: Site, known: Known) -> None:
    told = unsampled(site(3, start=20))[0]
    used = take(told.page, known=known)
    lost = replace(known, given_up=(used.observed[0].template,))
    assert take(told.page, known=lost).extract.reading != "profile"


def test_sampled_pages_are_judged(site: Site, known: Known) -> None:
    told = next(told for told in site(400, start=100) if sampled(told.page.url))
    taken = take(told.page, known=known)
    assert [one.record for one in taken.observed] == [Record(hits=1, judged=1, agreed=1)]
    assert taken.extract.reading == "profile"


def test_where_the_judge_disagrees_the_profile_s_reading_stays_and_loses_trust(site: Site, known: Known) -> None:
    told = next(told for told in site(400, start=100) if sampled(told.page.url))
    chrome = "<section class=extra>" + "".join(f"<p>{'Another sentence entirely. ' * 12}{n}</p>" for n in range(40))
    body = told.page.body.replace(b"</div></div></main>", b"</div></div>" + chrome.encode() + b"</section></main>")
    taken = take(replace(told.page, body=body), known=known)
    assert [one.record for one in taken.observed] == [Record(hits=1, judged=1, agreed=0)]
    assert taken.extract.reading == "profile"


def test_what_no_reading_can_read_is_an_outcome(site: Site, known: Known) -> None:
    with pytest.raises(PermanentPageError):
        take(replace(site(1)[0].page, body=b""), known=known)


def test_what_the_site_repeats_is_no_disagreement(site: Site) -> None:
    wide = f"<p>{'The mill and the market are served by the paper of the harbour. ' * 40}</p>".encode()

    def framed(page: Page) -> Page:
        return replace(page, body=page.body.replace(b"<h2>", wide + b"<h2>"))

    learned = learn([framed(told.page) for told in site(5)], DOMAIN)
    told = next(told for told in site(400, start=100) if sampled(told.page.url))
    taken = take(framed(told.page), known=Known(DOMAIN, 1, learned.to_json()))
    assert [one.record for one in taken.observed] == [Record(hits=1, judged=1, agreed=1)]
    assert tuple(block.text for block in taken.extract.blocks) == told.body


def test_a_page_that_the_judge_cannot_read_is_not_judged(
    site: Site, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copydesk.extract.tree.MAX_NODES", 10)
    told = next(told for told in site(400, start=100) if sampled(told.page.url))
    taken = take(told.page, known=known)
    assert [one.record for one in taken.observed] == [Record(hits=1)]
    assert taken.extract.reading == "profile"


def test_a_profile_that_another_version_wrote_and_this_one_cannot_read_is_as_none(site: Site, known: Known) -> None:
    stored = json.loads(known.profile)
    stored["templates"][0]["only_on"] = "sundays"
    page = site(1, start=20)[0].page
    taken = take(page, known=replace(known, profile=json.dumps(stored)))
    assert taken == take(page)
