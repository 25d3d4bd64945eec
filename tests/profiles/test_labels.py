from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from copydesk.clean import clean
from copydesk.models import BY_PATH, Label, Page
from copydesk.profiles.apply import read_page
from copydesk.profiles.labels import by_path, named
from copydesk.profiles.learn import learn
from copydesk.profiles.model import Profile, Ruling
from copydesk.profiles.reader import Reader
from copydesk.profiles.rulings import Vote

Site = Callable[..., list]
CLOSED = "Comments are closed."


def ruling(path: str, *, body: bool = False, blocks: int = 1, label: str = "") -> Ruling:
    return Ruling(path, body, 2, blocks, 0.0, "", "", label)


def votes(*lines: str) -> list[list[Vote]]:
    return [[Vote(0, "p.note", len(line), 0.0, False, line)] for line in lines]


def test_a_place_bears_the_label_that_rules_give_most_of_what_stands_there() -> None:
    (known,) = named([ruling("p.note")], votes(CLOSED, CLOSED, "The mill by the river"))
    assert known.label == "comments-notice"


def test_a_place_where_most_lines_are_unknown_to_the_rules_bears_no_label() -> None:
    (unknown,) = named([ruling("p.note")], votes(CLOSED, "The mill by the river", "A market in spring"))
    assert unknown.label == ""


def test_a_place_of_body_bears_no_label_whatever_stood_there() -> None:
    (body,) = named([ruling("p.note", body=True)], votes(CLOSED))
    assert body.label == ""


def test_an_element_is_called_as_most_of_what_stands_below_it() -> None:
    ruled = [
        ruling("div>div.box>p", blocks=3, label="subscribe"),
        ruling("div>div.box>h3", blocks=2),
        ruling("div>ul>li@links", blocks=9),
    ]
    labels = by_path(ruled)
    assert labels["div>div.box"] is Label.SUBSCRIBE
    assert "div" not in labels
    assert "div>ul>li" not in labels


def closed(page: Page) -> Page:
    """The page with a notice where it had a letter to sign up for."""
    start, end = page.body.index(b'<div class="letter">'), page.body.index(b"</h3>")
    body = page.body[:start] + b'<div class="letter"><h3>' + CLOSED.encode() + page.body[end:]
    return replace(page, body=body)


def test_what_a_profile_takes_off_is_called_as_its_place_was_without_asking_the_rules_again(site: Site) -> None:
    profile = learn([closed(told.page) for told in site(5)], "gazette.example")
    found = read_page(Reader(profile), site(1, start=30)[0].page)
    assert found is not None
    box = next(one for one in found[1].removals if "morning letter" in one.text)
    assert (box.label, box.rule) == (Label.COMMENTS_NOTICE, BY_PATH)
    assert box in clean(found[1]).removals
    other = replace(box, text=CLOSED, label=Label.OTHER_BOILERPLATE)
    assert clean(replace(found[1], removals=(other,))).removals[0].label is Label.OTHER_BOILERPLATE


def test_a_profile_of_a_learner_that_knew_no_labels_is_still_read(site: Site) -> None:
    stored = json.loads(learn([told.page for told in site(5)], "gazette.example").to_json())
    for ruling in stored["templates"][0]["rulings"]:
        del ruling["label"]
    for repeat in stored["repeats"]:
        del repeat["ending"]
    profile = Profile.from_json(json.dumps({**stored, "learner": 3}))
    found = read_page(Reader(profile), site(1, start=30)[0].page)
    assert found is not None
    assert BY_PATH in {one.rule for one in found[1].removals}
    assert {one.label for one in found[1].removals if one.rule == BY_PATH} <= {Label.OTHER_BOILERPLATE, Label.CAPTION}
