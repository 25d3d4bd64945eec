from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.profiles.apply import read_page
from copydesk.profiles.cut import Cut, cut
from copydesk.profiles.learn import learn
from copydesk.profiles.reader import Reader
from copydesk.profiles.slim import slim
from copydesk.profiles.structure import drop_unseen, parse

CONTAINER = '//div[contains(concat(" ",normalize-space(@class)," ")," story ")]'
HEAD = b"<html><head><title>T</title><style>a{}</style><script>var a</script></head>"
Site = Callable[..., list]


def cut_of(body: bytes, container: str = CONTAINER) -> Cut | None:
    light = slim(body)
    return cut(light, container) if light is not None else None


def text_of(page: bytes | None) -> str:
    tree = parse(page or b"")
    assert tree is not None
    found = tree.xpath(CONTAINER)
    drop_unseen(found[0])
    return " ".join("".join(found[0].itertext()).split())


def test_a_cut_has_title_headings_data_and_container_and_nothing_else() -> None:
    page = (
        HEAD + b"<body><nav>menu</nav><h1>Head</h1><script type='application/ld+json'>{}</script>"
        b'<div class="wide story"><div>one</div><script>"</div>"</script><!-- </div> -->'
        b"<p>two</p></div><footer>x</footer>"
    )
    found = cut_of(page)
    assert found is not None
    small = found.page
    assert all(part in small for part in (b"<title>T</title>", b"<h1>Head</h1>", b"ld+json", b"one", b"two"))
    assert not any(part in small for part in (b"menu", b"footer", b"var a", b"a{}"))
    assert text_of(small) == text_of(page) == "onetwo"
    assert (found.before.count(b"menu"), found.behind) == (1, b"<footer>x</footer>")


@pytest.mark.parametrize(
    "body",
    [
        b'<body><!-- <div class="story">no</div> --><div class="story">yes</div>',
        b'<body><script>x = \'<div class="story">\'</script><div class="story">yes</div>',
        b'<body><template><div class="story">no</div></template><div class="story">yes</div>',
        b'<body><svg><svg>x</svg><div class="story">no</div></svg><div class="story">yes</div>',
        b'<body><SCRIPT>"<div class="story">"</SCRIPT><div class="story">yes</div>',
    ],
)
def test_what_no_reader_sees_is_no_container(body: bytes) -> None:
    found = cut_of(HEAD + body)
    assert found is not None
    assert text_of(found.page) == "yes"


def test_a_path_below_a_mark_is_cut_out_with_the_element_that_bears_the_mark() -> None:
    found = cut_of(HEAD + b"<body><p>before</p><article><h2>x</h2><div>text</div></article>", "//article/div")
    assert found is not None
    assert found.outer == "//article"
    assert b"<article><h2>x</h2><div>text</div></article>" in found.page


@pytest.mark.parametrize(
    "body",
    [
        b'<body><div class="story">never closed',
        b'<body><div class="story"><script>never closed</div>',
        b'<body><DIV class="story">shouted</DIV>',
        b"<body><div class='story'>in other quotes</div>",
        b'<body><div class="storybook">another</div>',
        b'<div class="story">no body</div>',
        b"",
    ],
)
def test_where_anything_is_out_of_the_ordinary_there_is_no_cut(body: bytes) -> None:
    assert cut_of(HEAD + body) is None


@pytest.mark.parametrize("xpath", ["//main/div[1]", "//div[@id='a' or @id='b']", "//*", "", "//div[1]"])
def test_only_a_container_with_a_mark_of_its_own_is_cut_out(xpath: str) -> None:
    assert cut_of(HEAD + b"<body><main><div id=a>text</div></main>", xpath) is None


@pytest.mark.parametrize(
    ("xpath", "element"),
    [
        ("//article", b"<article>text</article>"),
        ('//div[@itemprop="articleBody"]', b'<div id=x itemprop="articleBody">text</div>'),
        ('//section[contains(@class,"Body_text__")]', b'<section class="a Body_text__x9 b">text</section>'),
        (CONTAINER, b"<div class=story>text</div>"),
    ],
)
def test_each_kind_of_mark_is_found(xpath: str, element: bytes) -> None:
    small = cut_of(HEAD + b"<body><p>before</p>" + element + b"<p>behind</p>", xpath)
    assert small is not None
    assert element in small.page
    assert b"before" not in small.page


def test_a_cut_page_reads_as_the_whole_page_does(site: Site) -> None:
    said = b'{"@type": "NewsArticle", "author": "Ann Roe", "datePublished": "2026-01-02"}'
    data = b'<script type="application/ld+json">' + said
    pages = [
        replace(told.page, body=told.page.body.replace(b"</head>", data + b"</script></head>")) for told in site(9)
    ]
    profile = learn(pages[:5], "gazette.example")
    template = profile.templates[0]
    whole = replace(profile, templates=(replace(template, container=f"{template.container}/self::div"),))
    for page in pages[5:]:
        assert cut_of(page.body, template.container) is not None
        assert cut_of(page.body, whole.templates[0].container) is None
        by_cut, by_whole = read_page(Reader(profile), page), read_page(Reader(whole), page)
        assert by_cut is not None
        assert by_whole is not None
        assert by_cut[1] == by_whole[1]


@given(
    st.lists(
        st.sampled_from(
            [
                '<div class="story">',
                "<div>",
                "</div>",
                "<p>text",
                "<!--",
                "-->",
                "<script>",
                "</script>",
                "<h1>",
                "ld+json",
            ]
        ),
        max_size=25,
    )
)
@settings(max_examples=300, deadline=None)
def test_any_mixture_of_tags_gives_a_cut_or_none(parts: list[str]) -> None:
    found = cut_of(HEAD + b"<body>" + "".join(parts).encode())
    assert found is None or parse(found.page) is not None
