"""Lines that no rule foresaw are known by their words, and text that only speaks of such things stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from copydesk.clean import clean
from copydesk.clean.lines import Line, line_of
from copydesk.clean.rulebook import Rulebook, load_rulebook
from copydesk.clean.wording import WORDINGS, Weighed, Wording, standard_wording
from copydesk.clean.wording.judge import MAX_CHARS, Weight
from copydesk.clean.wording.tokens import tokens
from copydesk.models import Block, Extract, Label

Make = Callable[..., Extract]

ONLY_WORDING = Rulebook([], WORDINGS)  # no rule: what goes, goes by its words
PROSE = [
    f"Boat number {number} left the harbour before noon, the pilot said, and came back with nothing."
    for number in range(8)
]


def line(text: str) -> Line:
    return line_of(Block(0, text), 2000)


def removed(extract: Extract, book: Rulebook = ONLY_WORDING) -> dict[str, str]:
    return {removal.text: removal.rule for removal in clean(extract, book).removals}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Never miss our stories: join the free newsletter and follow the channel on Telegram", "wording.subscribe"),
        ("Rejoignez notre chaîne WhatsApp et recevez toute l'actualité sur votre téléphone", "wording.subscribe"),
        ("Unisciti al nostro canale Telegram e ricevi le notizie gratis sul telefono", "wording.subscribe"),
        ("لا تفوت أخبارنا: انضم إلى قناتنا على واتساب وتابع صفحتنا على فيسبوك", "wording.subscribe"),
        ("Хотите больше новостей? Подписывайтесь на наш канал и следите за нами в соцсетях", "wording.subscribe"),
        ("Kanalımıza abone olun, haberler telefonunuza gelsin", "wording.subscribe"),
        ("הצטרפו לקבוצת הווטסאפ שלנו ועקבו אחרינו ברשתות החברתיות", "wording.subscribe"),
        ("کانال تلگرام ما را دنبال کنید و در خبرنامه عضو شوید", "wording.subscribe"),
        ("欢迎关注我们的微信公众号，订阅我们的电子报", "wording.subscribe"),
        ("Este sitio no se hace responsable del contenido de terceros.", "wording.disclaimer"),
        ("A redação não se responsabiliza pelo conteúdo nem pelas opiniões do autor.", "wording.disclaimer"),
        ("Die Redaktion haftet nicht für Inhalte und Meinungen dieses Beitrags.", "wording.disclaimer"),
    ],
)
def test_a_line_of_wrapping_words_goes_under_the_label_they_speak_for(extract_of: Make, text: str, rule: str) -> None:
    assert removed(extract_of([*PROSE, text])) == {text: rule}


@pytest.mark.parametrize(
    "text",
    [
        "The newsletter had 900 readers when its founder sold it.",
        "Le photographe a quitté la ville avant la nuit.",
        "La rédaction du projet de loi a pris six ans.",
        "El canal tiene nueve kilómetros de largo.",
        "Der Kanal wurde 1895 eröffnet und seither zweimal verbreitert.",
        "Редакция покинула город ночью.",
        "وقال الوزير إن القناة ستفتح أمام السفن غدا.",
        "这份报纸的订户越来越少。",
        "Bread and water",
    ],
)
@pytest.mark.parametrize("place", [0, 4, 8], ids=["head", "inside", "tail"])
def test_text_with_a_word_of_wrapping_stays_wherever_it_stands(extract_of: Make, text: str, place: int) -> None:
    assert removed(extract_of([*PROSE[:place], text, *PROSE[place:]])) == {}


def test_a_heading_must_speak_for_wrapping_more_than_a_paragraph(extract_of: Make) -> None:
    text = "Mehr zum Thema Fotos"
    assert removed(extract_of([*PROSE, text])) == {text: "wording.related"}
    assert removed(extract_of([*PROSE, (Label.HEADING, text)])) == {}


@pytest.mark.parametrize("path", ["html>body>article>pre>code", "html>body>article>table>tbody>tr>td>p"])
def test_words_tell_nothing_of_code_and_tables(extract_of: Make, path: str) -> None:
    text = "Sign up for our newsletter and follow our channel"
    extract = extract_of([*PROSE, text])
    told = (*extract.blocks[:-1], replace(extract.blocks[-1], path=path))
    assert removed(extract) == {text: "wording.subscribe"}
    assert removed(replace(extract, blocks=told)) == {}


def test_an_operator_disables_a_wording_by_its_label(tmp_path: Path, extract_of: Make) -> None:
    (tmp_path / "own.toml").write_text('disable = ["wording.subscribe"]', encoding="utf-8")
    assert load_rulebook([tmp_path]).wordings == WORDINGS - {"wording.subscribe"}
    text = "Unisciti al nostro canale Telegram e ricevi le notizie gratis sul telefono"
    assert removed(extract_of([*PROSE, text]), Rulebook([], WORDINGS - {"wording.subscribe"})) == {}


def test_a_long_line_is_not_judged_by_its_words() -> None:
    wording = Wording({"chann": Weight(500, Label.SUBSCRIBE)}, 0, "1")
    assert wording.weighed(line("channel")) == Weighed(500, 0, Label.SUBSCRIBE)
    assert wording.weighed(line("channel " * MAX_CHARS)) is None


def test_shape_alone_makes_no_wrapping() -> None:
    wording = Wording({"=w": Weight(900, None)}, 0, "1")
    assert wording.weighed(line("Bread and water")) is None


def test_tokens_are_beginnings_of_words_pairs_and_where_they_stand() -> None:
    found = tokens(line("Related: ten photographers"))
    assert found == {"relat", "ten", "photo", "relat ten", "ten photo", "^relat", "$photo", "<relat", "=w", "=0"}


@pytest.mark.parametrize(("words", "length"), [(3, "=0"), (4, "=4"), (13, "=8"), (14, "=14"), (40, "=22")])
def test_tokens_tell_how_many_words_a_line_has(words: int, length: str) -> None:
    assert length in tokens(line("boat " * words))
    assert length in tokens(line("船只" * words))


def test_tokens_of_arabic_leave_the_article_out_and_those_of_chinese_are_pairs_and_triples() -> None:
    assert "قناه" in tokens(line("والقناة"))
    assert {"关注", "注我", "关注我"} <= tokens(line("关注我们"))


def test_every_weight_that_speaks_for_a_label_names_one_that_takes_a_block_off() -> None:
    known = standard_wording().known(line("Follow our channel, share the story, all rights reserved"))
    assert known
    assert {weight.label for _, weight in known if weight.value < 0} <= {None}
