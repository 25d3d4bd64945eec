"""What content systems put behind an excerpt goes from a summary; what only sounds so stays."""

from __future__ import annotations

import pytest

from copydesk.extract.metadata.summaries import without_prompts

TITLE = "Harbour closed: what’s next?"
TEXT = "The harbour was closed on Tuesday. Nobody was hurt"


@pytest.mark.parametrize(
    "end",
    [
        " […]",
        "[...]",
        " (…)",
        " (more…)",
        " (mehr …)",
        "… Continue reading Harbour closed: what's next?",
        " […] Continue reading “Harbour closed: what’s next?” →",
        "... Read more »",
        "… Read More",
        "… „Harbour closed: what’s next?“ weiterlesen",
        "… Lire la suite de Harbour closed: what’s next?",
        "… Harbour closed: what’s next? の続きを読む",
        "… اقرأ المزيد",
        "… ادامه‌ی خواندن Harbour closed: what’s next?",
        " […] The post Harbour closed: what’s next? appeared first on The Lune Post.",
        " […] The post Harbour closed: what's next? first appeared on lune.example.",
        "… Continue reading Harbour closed: what’s next? The post Harbour closed: what’s next? appeared first on Lune.",
        " […] L’article Harbour closed: what’s next? est apparu en premier sur Le Port.",
        " […] Der Beitrag Harbour closed: what’s next? erschien zuerst auf Hafenblatt.",
        " […] La entrada Harbour closed: what’s next? se publicó primero en El Puerto.",
        " […] ظهرت المقالة Harbour closed: what’s next? أولاً على بوابة المرفأ.",
        " […] نوشته Harbour closed: what’s next? اولین بار در بندر. پدیدار شد.",
        " […] Harbour closed: what’s next? yazısı ilk önce Liman üzerinde ortaya çıktı.",
        " […] 投稿 Harbour closed: what’s next? は 港 に最初に表示されました。",
    ],
)
def test_the_end_of_an_excerpt_becomes_an_ellipsis(end: str) -> None:
    assert without_prompts(TEXT + end, [TITLE]) == TEXT + "…"


@pytest.mark.parametrize(
    "end",
    [
        " The post Harbour closed: what’s next? appeared first on The Lune Post.",
        " Read more",
        " Continue reading →",
        " Leer más »",
        " 阅读全文",
        " Read more: Harbour closed: what’s next?",
    ],
)
def test_behind_a_whole_sentence_nothing_is_cut(end: str) -> None:
    assert without_prompts(f"{TEXT}.{end}", [TITLE]) == f"{TEXT}."


def test_a_notice_behind_text_without_a_full_stop_goes() -> None:
    assert without_prompts(f"{TEXT} The post {TITLE} appeared first on The Lune Post.", [TITLE]) == TEXT


@pytest.mark.parametrize(
    "summary",
    [
        "Children should read more.",
        'His advice to them is simple: "Read more"',
        "He wrote less. Read more books than anyone, they told him.",
        "She waited … and then the ferry came.",
        "… continue reading to your children, teachers ask.",
        "The post he wrote appeared first on his own site.",
        "The post office story appeared first on Monday's front page.",
        f"The story of the book “{TITLE}” appeared in May. It appeared first on the radio, {'again and ' * 12}again.",
        "It ended well… Harbour closed: what’s next? was the headline, and the town's answer came on Monday night.",
        "Nobody knows what comes…",
        "",
    ],
)
def test_text_that_only_sounds_so_stays(summary: str) -> None:
    assert without_prompts(summary, [TITLE]) == summary


def test_a_summary_that_is_nothing_else_is_empty() -> None:
    assert without_prompts(f"The post {TITLE} appeared first on The Lune Post.", [TITLE]) == ""


def test_a_title_of_a_word_tells_nothing() -> None:
    assert without_prompts("It was cold… and May was late", ["May"]) == "It was cold… and May was late"


def test_long_texts_of_dots_are_read_in_time() -> None:
    assert without_prompts("... " * 100_000 + "x", [TITLE]).endswith("x")
