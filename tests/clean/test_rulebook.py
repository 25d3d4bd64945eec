"""An operator's own rules: what is read, what is refused and how it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.clean import clean
from copydesk.clean.examples import wrong_examples
from copydesk.clean.rulebook import Rulebook, load_rulebook
from copydesk.errors import UsageError
from copydesk.models import Block, Extract, Metadata
from copydesk.settings import Settings

RULE = """
[[rules]]
id = "desk"
label = "other-boilerplate"
version = 3
pattern = 'kite weather over \\pL+'
must = ["Kite weather over Beirut"]
must_not = ["Kite weather over Beirut we saw it."]
"""


def rulebook(folder: Path, text: str, name: str = "own.toml") -> Rulebook:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return load_rulebook([file])


def removed(book: Rulebook, *lines: str, url: str = "https://news.example/a") -> list[tuple[str, str]]:
    blocks = tuple(Block(position, line) for position, line in enumerate(lines))
    return [(r.rule, r.rule_version) for r in clean(Extract(url, Metadata(), blocks), book).removals]


def test_an_operators_file_adds_a_rule_named_after_it(tmp_path: Path) -> None:
    book = rulebook(tmp_path, RULE)
    assert removed(book, "Kite weather over Beirut", "The storm has passed.") == [("own.desk", "3")]


def test_a_folder_of_files_is_read_and_settings_name_it(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text(RULE, encoding="utf-8")
    settings = Settings.from_environment({"COPYDESK_RULES": str(tmp_path)})
    names = [rule.rule_id for rule in load_rulebook(settings.rules).rules]
    assert "b.desk" in names


def test_a_rule_of_a_site_fires_on_that_site_only(tmp_path: Path) -> None:
    book = rulebook(tmp_path, RULE + 'sites = ["cedar.example"]\n')
    assert removed(book, "Kite weather over Beirut", url="https://www.cedar.example/a") == [("own.desk", "3")]
    assert removed(book, "Kite weather over Beirut", url="https://notcedar.example/a") == []


def test_unless_leaves_a_block_alone(tmp_path: Path) -> None:
    book = rulebook(tmp_path, RULE + 'unless = "beirut"\n')
    assert removed(book, "Kite weather over Beirut") == []
    assert removed(book, "Kite weather over Tunis") == [("own.desk", "3")]


def test_a_built_in_rule_can_be_disabled(tmp_path: Path) -> None:
    book = rulebook(tmp_path, 'disable = ["en.comments-closed"]')
    assert "en.comments-closed" not in {rule.rule_id for rule in book.rules}


def test_words_stand_for_what_they_say(tmp_path: Path) -> None:
    text = "[words]\ncity2 = 'beirut|tunis'\n" + RULE.replace("\\pL+", "{city2}")
    assert removed(rulebook(tmp_path, text), "Kite weather over Tunis") == [("own.desk", "3")]


def test_spelling_variants_match_one_rule(tmp_path: Path) -> None:
    text = RULE.replace("kite weather over \\pL+", "إعلان أؤكّده").replace("Kite weather over Beirut", "إعلان أؤكّده", 1)
    book = rulebook(tmp_path, text)
    for spelling in ["اعلان اوكده", "إعـــلان أُؤَكِّده", "\u200fإعلان أؤكده\u200e", "«إعلان أؤكده»".strip("«»")]:
        assert removed(book, spelling) == [("own.desk", "3")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (RULE.replace("\\pL+", "("), r"own\.toml: rule 'desk': pattern cannot be read: missing \)"),
        (RULE.replace("\\pL+", "{town}"), r"own\.toml: rule 'desk': \{town\} is not among the \[words\]"),
        (
            RULE.replace("other-boilerplate", "junk"),
            r"own\.toml: rule 'desk': label 'junk' is no label; labels are body",
        ),
        (RULE.replace("version = 3", ""), r"own\.toml: rule 'desk': version is None; give a number"),
        (RULE.replace('id = "desk"', ""), r"own\.toml: rule '\(without id\)': id is missing"),
        (RULE + 'where = "middle"\n', r"where is 'middle'; give head, tail, edge, start, end, anywhere"),
        (RULE + "max_chars = 99999\n", r"own\.toml: rule 'desk': max_chars is 99999; give a number from 1 to 2000"),
        (RULE + 'sentence = "no"\n', r"own\.toml: rule 'desk': sentence is 'no'; give true or false"),
        (RULE + "colour = 1\n", r"own\.toml: rule 'desk': unknown key 'colour'; known are after, before"),
        (RULE.replace("pattern = 'kite weather over \\pL+'", ""), r"rule 'desk': give it a pattern, a path, or both"),
        (RULE + RULE, r"rule 'own\.desk' stands twice"),
        ("rules = 3 4", r"own\.toml: cannot be read"),
        ('disable = ["en.nothing"]', r"own\.toml: disable names 'en\.nothing', which is no rule"),
        ('script = "runes"', r"own\.toml: script is 'runes'; give one of latin"),
        ("[word]\na = 'b'", r"own\.toml: unknown table 'word'"),
        ("[words]\na = '{b}'", r"own\.toml: word 'a' uses \{b\}"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_the_rule_and_what_is_wrong(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        rulebook(tmp_path, text)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder of rules"):
        load_rulebook([tmp_path / "none.toml"])


def test_wrong_examples_are_told_one_by_one(tmp_path: Path) -> None:
    text = RULE.replace('must = ["Kite weather over Beirut"]', 'must = ["Kite weather above Beirut"]')
    (rule,) = [rule for rule in rulebook(tmp_path, text).rules if rule.rule_id == "own.desk"]
    assert wrong_examples(rule) == ["own.desk must match 'Kite weather above Beirut'"]
