from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from copydesk.clean import clean
from copydesk.models import Block, Extract, Label, Metadata, Removal

Make = Callable[..., Extract]
DATA = Path(__file__).resolve().parents[1] / "data" / "clean"

PROSE = [
    "The harbour authority has postponed the dredging of the eastern channel after a sonar survey found a wreck.",
    "Divers are expected to examine the site next week, a spokeswoman said, adding that ferries keep their timetable.",
    "Archaeologists estimate that the vessel sank in the late eighteenth century, when the port was young.",
    "The mayor told the council that the works would cost more than planned, and that the state would have to help.",
    "Fishermen who use the channel said that they had not been told, and would ask the court to stop the works.",
    "A decision on the second part of the plan is expected before the winter, when the storms close the channel.",
    "The council meets again on Thursday to hear the divers, the fishermen and the authority's own engineers.",
]


def kept(extract: Extract) -> list[str]:
    return [block.text for block in clean(extract).blocks]


def removed(extract: Extract) -> list[tuple[Label, str]]:
    return [(removal.label, removal.text) for removal in clean(extract).removals]


def test_the_seed_article_loses_its_wrapping_and_nothing_else(extract_of: Make) -> None:
    lines = [line for line in (DATA / "seed-article.txt").read_text(encoding="utf-8").split("\n") if line.strip()]
    title, *body = lines
    wrapping = {
        "ترامب يتابع المحادثة على هاتفه": Label.CAPTION,
        "X/Reuters": Label.CREDIT,
        "ترامب وماسك": Label.CAPTION,
        "Getty Images": Label.CREDIT,
        body[-2]: Label.DISCLAIMER,
        "Comments are closed.": Label.COMMENTS_NOTICE,
    }
    article = clean(extract_of(body, title=title))
    assert [block.text for block in article.blocks] == [line for line in body if line not in wrapping]
    assert {removal.text: removal.label for removal in article.removals} == wrapping


def test_a_headline_behind_a_label_that_only_its_words_give_away_goes_with_it(extract_of: Make) -> None:
    label, headline = "Ещё на нашем сайте по теме", "Как киты вернулись в северное море"
    article = clean(extract_of([*PROSE[:4], label, headline, *PROSE[4:]]))
    assert [(removal.rule.partition(".")[0], removal.label) for removal in article.removals] == [
        ("wording", Label.RELATED),
        ("any", Label.RELATED),
    ]


def test_words_take_nothing_where_there_is_no_text_to_stand_around(extract_of: Make) -> None:
    assert kept(extract_of(["Kite weather over Beirut"])) == ["Kite weather over Beirut"]


def test_a_question_goes_for_its_words_not_for_where_it_stands(extract_of: Make) -> None:
    asked, of_readers = "فماذا يفعل من لا يملك بئراً؟", "Have you got a tip for our newsroom?"
    lines = [*PROSE[:4], "Follow us on Telegram", asked, *PROSE[4:], "Follow us on Telegram", of_readers]
    assert kept(extract_of(lines)) == [*PROSE[:4], asked, *PROSE[4:]]


def test_a_sentence_or_a_heading_behind_read_also_stays(extract_of: Make) -> None:
    lines = [*PROSE[:4], "Read also", "The ferry is old.", (Label.HEADING, "A new channel"), *PROSE[4:]]
    assert kept(extract_of(lines)) == [*PROSE[:4], "The ferry is old.", "A new channel", *PROSE[4:]]


def test_a_heading_behind_a_credit_stays(extract_of: Make) -> None:
    lines = [*PROSE[:4], "A caption", "Getty Images", "A new channel", *PROSE[4:]]
    assert "A new channel" in kept(extract_of(lines))


def test_a_heading_before_a_credit_stays(extract_of: Make) -> None:
    lines = [*PROSE[:4], (Label.HEADING, "A new channel"), "Getty Images", *PROSE[4:]]
    assert "A new channel" in kept(extract_of(lines))


@pytest.mark.parametrize("paragraph", [PROSE[2], "He declined to say more.", "Was it the storm?"])
def test_a_paragraph_before_a_credit_stays(extract_of: Make, paragraph: str) -> None:
    lines = [*PROSE[:2], paragraph, "Getty Images", *PROSE[3:]]
    assert removed(extract_of(lines)) == [(Label.CREDIT, "Getty Images")]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Comments are closed on the paper's site since the summer, when readers filled it with abuse and worse.",
        "“Comments are closed.” That was all that readers of the harbour's own site found under the notice.",
        "“The views expressed in this article are those of the author and not of this site” stands under each column.",
        "The line “this website is not responsible for the content of this article” protects nobody, the judge said.",
        "Reuters reported on Monday that the wreck may be a frigate.",
        "Getty Images said it had sold the picture twice.",
        "According to Agence France-Presse, the wreck may be a frigate.",
        "He smiled.",
        "“No.”",
        "The sign on the wall reads “© 2024 Harbour Authority”, though nobody remembers who put it there.",
        "قال أحد الخبراء لبي بي سي إن هذا الأمر غير مرجح.",
        "التعليقات مغلقة منذ الصيف على موقع الصحيفة، بعدما ملأها القراء بالشتائم.",
        "وذكرت رويترز أن السفينة قد تكون فرقاطة.",
    ],
)
@pytest.mark.parametrize("place", [0, 3, 7])
def test_text_that_speaks_of_wrapping_stays_wherever_it_stands(extract_of: Make, paragraph: str, place: int) -> None:
    lines = [*PROSE[:place], paragraph, *PROSE[place:]]
    assert kept(extract_of(lines)) == lines


@pytest.mark.parametrize(
    "paragraph",
    [
        "Read also the footnotes of this book, which are a pleasure of their own and the best reason to buy it.",
        "Read also: no reader of this novel will put it down without the wish to begin it again at once.",
        "اقرأ أيضا هوامش هذا الكتاب، ففيها متعة لا توصف وهي أفضل ما فيه.",
        "Lire aussi les notes de ce livre, qui sont un plaisir à elles seules et la meilleure raison de l'acheter.",
    ],
)
def test_a_last_paragraph_that_only_begins_like_a_related_link_stays(extract_of: Make, paragraph: str) -> None:
    assert kept(extract_of([*PROSE, paragraph]))[-1] == paragraph


def test_a_notice_in_mid_article_stays(extract_of: Make) -> None:
    lines = [*PROSE[:3], (Label.HEADING, "Comments are closed."), *PROSE[3:]]
    assert kept(extract_of(lines)) == [*lines[:3], "Comments are closed.", *lines[4:]]


def test_notices_of_several_languages_go_from_one_page(extract_of: Make) -> None:
    wrapping = [
        "التعليقات مغلقة",
        "Comments are closed.",
        "Les commentaires sont fermés.",
        "Kommentare sind geschlossen.",
        "Los comentarios están cerrados.",
        "I commenti sono chiusi.",
        "Os comentários estão fechados.",
        "Комментарии закрыты.",
        "Yorumlar kapalı.",
        "دیدگاه‌ها بسته شده‌اند.",
        "סגור לתגובות.",
        "评论已关闭。",
    ]
    assert kept(extract_of([*PROSE, *wrapping])) == PROSE


def test_the_title_and_its_author_before_the_text_go(extract_of: Make) -> None:
    lines = ["Dredging postponed!", "Jane Roe", *PROSE]
    extract = extract_of(lines, title="Dredging postponed", authors=("Jane Roe",))
    assert removed(extract) == [(Label.OTHER_BOILERPLATE, lines[0]), (Label.BYLINE, lines[1])]


def test_what_markup_calls_a_caption_goes(extract_of: Make) -> None:
    extract = extract_of([PROSE[0], (Label.CAPTION, "The harbour, seen from the hill."), *PROSE[1:]])
    assert removed(extract) == [(Label.CAPTION, "The harbour, seen from the hill.")]


def test_every_removal_names_its_rule_and_version(extract_of: Make) -> None:
    (removal,) = clean(extract_of([*PROSE, "Comments are closed."])).removals
    assert (removal.rule, removal.rule_version, removal.position) == ("en.comments-closed", "2", len(PROSE))


def test_the_extracts_own_removals_stay_in_the_ledger_in_order(extract_of: Make) -> None:
    blocks = extract_of(["Getty Images", *PROSE]).blocks
    earlier = Removal(position=99, text="Menu", label=Label.OTHER_BOILERPLATE, rule="x", rule_version="1")
    extract = Extract("https://news.example/a", extract_of([]).metadata, blocks, removals=(earlier,))
    assert [removal.position for removal in clean(extract).removals] == [0, 99]


def test_a_page_without_blocks_is_an_article_without_text(extract_of: Make) -> None:
    article = clean(extract_of([]))
    assert (article.blocks, article.removals, article.text) == ((), (), "")


def linked(lines: Sequence[tuple[Label, str, float]], before: int = 3) -> Extract:
    """The prose with `lines` (label, text, link density) after its first `before` paragraphs."""
    prose = [(Label.BODY, line, 0.0) for line in PROSE]
    rows = [*prose[:before], *lines, *prose[before:]]
    blocks = tuple(Block(n, text, label, "article>p", density) for n, (label, text, density) in enumerate(rows))
    return Extract("https://news.example/story", Metadata(), blocks)


HEADLINES = [
    "Storm closes the eastern channel for a third day in a row",
    "What the sonar saw: six questions about the wreck in the port",
    "Ferries keep their timetable although the dredger lies idle",
]


def test_a_list_of_linked_headlines_in_mid_article_goes() -> None:
    extract = linked([(Label.LIST, headline, 1.0) for headline in HEADLINES])
    assert removed(extract) == [(Label.RELATED, headline) for headline in HEADLINES]


def test_a_list_of_links_that_a_sentence_introduces_stays() -> None:
    intro = (Label.BODY, "Three reports were read to the council that day:", 0.0)
    extract = linked([intro, *((Label.LIST, headline, 1.0) for headline in HEADLINES)])
    assert removed(extract) == []


def test_a_list_without_links_stays() -> None:
    assert removed(linked([(Label.LIST, headline, 0.0) for headline in HEADLINES])) == []


def test_the_pages_contents_of_its_own_headings_stay() -> None:
    contents = [(Label.LIST, headline, 1.0) for headline in HEADLINES]
    headings = [(Label.HEADING, headline, 0.0) for headline in HEADLINES]
    assert removed(linked([*contents, *headings])) == []


def test_links_behind_a_related_line_go_with_it_and_prose_does_not() -> None:
    extract = linked([(Label.BODY, "Read also: the wreck in pictures", 1.0), (Label.BODY, HEADLINES[0], 1.0)])
    assert removed(extract) == [(Label.RELATED, "Read also: the wreck in pictures"), (Label.RELATED, HEADLINES[0])]
    assert removed(linked([(Label.BODY, "Read also: the wreck in pictures", 1.0)])) == [
        (Label.RELATED, "Read also: the wreck in pictures")
    ]


def test_the_summary_again_goes_only_where_markup_sets_it_apart() -> None:
    summary = "A wreck stops the dredger; divers are to look at it before the council decides what the port may cost."
    texts = [summary, *PROSE]
    blocks = tuple(Block(n, text, path="article>p") for n, text in enumerate(texts))
    deck = (Block(0, summary, path="article>p.article-subtitle"), *blocks[1:])
    metadata = Metadata(summary=summary)
    assert removed(Extract("https://news.example/a", metadata, blocks)) == []
    assert removed(Extract("https://news.example/a", metadata, deck)) == [(Label.OTHER_BOILERPLATE, summary)]


def test_a_label_of_the_whole_container_is_not_believed(extract_of: Make) -> None:
    assert kept(extract_of([(Label.COMMENTS_NOTICE, line) for line in PROSE])) == PROSE


def test_every_block_ends_kept_or_in_the_ledger_once_also_on_a_page_of_many(extract_of: Make) -> None:
    lines = [*PROSE, "Getty Images", "Read also: one", "x" * 100_000, "\u202e© 2024\u200b", ""] * 400
    extract = extract_of(lines)
    article = clean(extract)
    positions = sorted([b.position for b in article.blocks] + [r.position for r in article.removals])
    assert positions == [block.position for block in extract.blocks]
    assert [b.position for b in article.blocks] == sorted(b.position for b in article.blocks)
