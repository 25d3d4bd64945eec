"""Who wrote it, as pages show it to readers."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from copydesk.extract.blocks import blocks
from copydesk.extract.metadata import read_metadata, read_sources
from copydesk.extract.tree import parse
from copydesk.models import Source

NOW = datetime(2024, 9, 1, tzinfo=UTC)
TEXT = "The harbour of Port Lune stayed closed on Monday, after a crane fell into its only gate in the night before."
MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/authors'>Guest Authors</a></li></ul></nav>"


def authors(above: str = "", behind: str = "", head: str = "", site: str = "The Lune Post") -> tuple[str, ...]:
    html = (
        f"<html><head><meta property='og:site_name' content='{site}'>{head}</head><body>{MENU}"
        f"<h1>Harbour closed after a crane fell</h1>{above}"
        f"<article><p>{TEXT}</p><p>{TEXT}</p><p>{TEXT}</p></article>{behind}"
        "<footer>© 2024 The Lune Post</footer></body></html>"
    )
    tree = parse(html, "")
    found = blocks(tree)
    body = [block for block in found if block.text == TEXT]
    return read_metadata(tree, read_sources(tree), found, body, url="https://post.example/a", fetched_at=NOW).authors


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("<p>By Ana Roe</p>", ("Ana Roe",)),
        ("<p>By Ana Roe August 13, 2024</p>", ("Ana Roe",)),
        ("<p>August 13th, 2024 By Ana Roe</p>", ("Ana Roe",)),
        ("<p>March 15, 2024 · 3 min read · By Ana Roe</p>", ("Ana Roe",)),
        ("<p>by Ana Roe on Aug 13, 2024 at 11:00 AM</p>", ("Ana Roe",)),
        ("<p>Last updated August 3, 2024 by Ana Roe.</p>", ("Ana Roe",)),
        ("<p>Written by Ana Roe and Ben Poe</p>", ("Ana Roe", "Ben Poe")),
        ("<p>By Ana Roe ⋅ Review Editor ⋅ Updated August 8, 2024</p>", ("Ana Roe",)),
        ("<p>By Ana Roe, MS, RDN, LD</p>", ("Ana Roe",)),
        ("<p>Guide by Ana Roe Former Deputy Editor</p>", ("Ana Roe",)),
        ("<div>Written by</div><div>Ana Roe</div><div>Reviewed by</div><div>Ben Poe</div>", ("Ana Roe",)),
        ("<p>By Ana Roe</p><p>By Ben Poe</p>", ("Ana Roe", "Ben Poe")),
        ("<p>Von Jörg Müller, 13.08.2024, 10:20 Uhr</p>", ("Jörg Müller",)),
        ("<p>Par Léa d'Or, le 13 août 2024</p>", ("Léa d'Or",)),
        ("<p>بقلم: أحمد علي</p>", ("أحمد علي",)),
        ("<p>記者：王小明</p>", ("王小明",)),
        ("<div class='author-name'>Ana Roe</div>", ("Ana Roe",)),
        ("<div class='post-byline'><a rel='author'>Ana Roe</a>Senior Writer</div>", ("Ana Roe",)),
        ("<span itemprop='author'>Ana Roe</span>", ("Ana Roe",)),
        ("<p>Aug 13, 2024 • Ana Roe in Harbours</p>", ("Ana Roe",)),
        ("<p>Ana Roe | Senior Writer | August 13, 2024</p>", ("Ana Roe",)),
        ("<div>Ana Roe</div><div>August 13, 2024</div>", ("Ana Roe",)),
        ("<p>Ana Roe, VMD, DACVB; Ben Poe, BA, LVT (Behaviour)</p>", ("Ana Roe", "Ben Poe")),
        ("<p>by ibby</p>", ("ibby",)),
        ("<p>By the Lune Labs Team 2–3 minutes</p>", ("the Lune Labs Team",)),
        ("<p>On August 13, 2024August 20, 2024 By Ana RoeIn Harbours, Cranes</p>", ("Ana Roe",)),
        ("<p>Written By: Ana Roe Executive Digital Editor and Master Gardener</p>", ("Ana Roe",)),
        ("<p>Medically reviewed by Ben Poe, MD — Written by Ana Roe, MS — Updated on March 7, 2024</p>", ("Ana Roe",)),
        ("<div class='author'><span>Ana Roe@AnaRoe</span></div>", ("Ana Roe",)),
        ("<figure><figcaption><address>Von Jörg Müller, Redakteur</address></figcaption></figure>", ("Jörg Müller",)),
        ("<div class='main_author_container'><div class='member-name'>Ana Roe</div></div>", ("Ana Roe",)),
        ("<p>박준석 기자 외 1명</p>", ("박준석",)),
        ("<a href='/autor/lea-dor'>Léa d'Or</a>", ("Léa d'Or",)),
        ("<a href='/yazarlar/ayse-yilmaz'>Ayşe Yılmaz</a>", ("Ayşe Yılmaz",)),
        ("<a href='/blog/author/lune-labs'>Lune Labs Team</a>", ("Lune Labs Team",)),
        ("<div>Lune Labs Team</div>", ("Lune Labs Team",)),
        ("<h6>Author(s)</h6><ul><li>Ana Roe</li><li>Ben Poe</li></ul>", ("Ana Roe", "Ben Poe")),
        ("<ul><li>Written by</li><li>Ana Roe</li><li>Harbours</li></ul>", ("Ana Roe",)),
        (
            "<div class='node--teaser'><h5><a href='/author/lune-labs'>Lune Labs Team</a></h5></div>",
            ("Lune Labs Team",),
        ),
    ],
)
def test_a_byline_at_the_headline_names_the_author(above: str, expected: tuple[str, ...]) -> None:
    assert authors(above) == expected


@pytest.mark.parametrize(
    "above",
    [
        "<p>By Reuters</p>",
        "<p>By Reuters Staff</p>",
        "<p>By AFP</p>",
        "<p>By Staff</p>",
        "<p>By The Editorial Team</p>",
        "<p>Reviewed by Ana Roe</p>",
        "<p>Photo by Ana Roe</p>",
        "<figure><figcaption>By Ana Roe</figcaption></figure>",
        "<p>Harbours</p><p>August 13, 2024</p>",
        "<p>Crane Gate</p><p>August 13, 2024</p>",  # words that the text writes in lower case
        "<div class='breadcrumb'><a>Lune Bay</a></div><p>August 13, 2024</p>",
        "<ul class='related-posts'><li><p>By Ana Roe</p></li></ul>",
        "<p>By following these five rules, crews may keep their ships and all others in the harbour safe.</p>",
        "<button>Sign In</button>",
        "<h3>Author Spotlight</h3>",
        "<div>Meet The Team</div>",
        "<nav><a>Lune Labs Team</a></nav>",
        "<a href='https://social.example/profile/ana'>bluesky</a>",
        "<p>AFP/Ana Roe</p><p>August 13, 2024</p>",
        "<p>أ ف ب</p><p>13 أغسطس 2024</p>",
        "<a href='/sign-up'>Start Sailing Now</a>",
        "<h3>Primary Image</h3><p>August 13, 2024</p>",
        "<p>Follow This Author</p><p>August 13, 2024</p>",
        "<div>Editorial Team</div>",
        "<div class='byline'>نُشر في 12 تشرين الأول/أكتوبر 2025 · مدة القراءة: 3 دقائق</div>",
    ],
)
def test_what_names_no_author_of_this_article_is_no_byline(above: str) -> None:
    assert authors(above) == ()


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("<p>Written by Ana Roe</p>", ("Ana Roe",)),
        ("<p>This post was written by Ana Roe, head of harbours at the Post.</p>", ("Ana Roe",)),
        ("<div class='author-box'><h4 class='author-box__name'>Ana Roe</h4></div>", ("Ana Roe",)),
        ("<p>View all posts by Ana Roe</p>", ("Ana Roe",)),
        ("<div class='card'><h3>Cranes of the coast</h3><p>By Ana Roe</p></div>", ()),
        ("<p>By Ana Roe</p>", ("Ana Roe",)),
        ("<p>By Ana Roe</p><p>By Ben Poe</p>", ()),  # of other articles
        ("<h4>Ana Roe</h4><p>Ana is a writer in Port Lune, where she keeps cranes.</p>", ("Ana Roe",)),
        ("<h4>Jörg Müller</h4><p>Jörg Müller schreibt über Häfen.</p>", ("Jörg Müller",)),
        ("<h4>Port Lune</h4><p>Port Lune is a town, and its port is old.</p>", ()),
        ("<div class='author-meta'><p>Ana Roe: Since 1998, Ana has kept all of our cranes.</p></div>", ("Ana Roe",)),
        ("<h3>About the author</h3><p>Ana Roe is a writer who lives in Port Lune.</p>", ("Ana Roe",)),
        ("<h3>Über die Autorin</h3><p>Anna Müller schreibt seit Jahren über Häfen.</p>", ("Anna Müller",)),
        ("<div><h3>Author</h3><p>Ana Roe</p></div>", ("Ana Roe",)),
        ("<div><h3>Harbours</h3><p>Ana Roe</p></div>", ()),
        ("<h3>About the harbour</h3><p>Port Lune is a town, and its port is old.</p>", ()),
        ("<p>신현주 기자 spicy@post.example</p>", ("신현주",)),
        ("<p>(إعداد هدى سلامة للنشرة العربية - تحرير مازن فارس)</p>", ()),  # an agency's desk
    ],
)
def test_behind_the_text_only_what_is_about_the_author_counts(behind: str, expected: tuple[str, ...]) -> None:
    assert authors(behind=behind) == expected


def json_ld(**author: str) -> str:
    script = json.dumps({"@type": "NewsArticle", "headline": "Harbour closed after a crane fell", "author": author})
    return f"<script type='application/ld+json'>{script}</script>"


def test_the_byline_that_readers_see_is_believed_before_the_account_that_published() -> None:
    account = json_ld(**{"@type": "Person", "name": "Ben Poe"})
    assert authors("<p>By Ana Roe</p>", head=account) == ("Ana Roe",)
    assert authors("<p>By Ben Poe</p>", head=account) == ("Ben Poe",)
    assert authors(head=account) == ("Ben Poe",)


def test_the_account_is_believed_where_readers_see_its_name_beside_the_byline() -> None:
    account = json_ld(**{"@type": "Person", "name": "Ben Poe"})
    assert authors("<p>By Ana Roe</p><p>Ben Poe, Harbour Editor</p>", head=account) == ("Ben Poe",)


def test_a_name_beside_a_date_is_found_with_its_particle_its_address_and_a_date_with_slashes() -> None:
    assert authors("<p>Ana von Roe</p><p>August 13, 2024</p>") == ("Ana von Roe",)
    assert authors("<p>Ana Roe</p><p>ana.roe@post.example</p><p>August 13, 2024</p>") == ("Ana Roe",)
    assert authors("<p>Ana Roe | 08/13/2024</p>") == ("Ana Roe",)
    assert authors("<p>Ana Roe/Reuters</p><p>08/13/2024</p>") == ()


def test_a_site_that_names_itself_as_author_gives_way_to_a_person() -> None:
    account = json_ld(**{"@type": "Person", "name": "Lune"})
    assert authors("<div class='author-name'>Ana Roe</div>", head=account, site="Lune") == ("Ana Roe",)
    assert authors(head=account, site="Lune") == ("Lune",)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Lune Harbour Trust", ("Lune Harbour Trust",)), ("AFP", ()), ("Associated Press", ()), ("News Desk", ())],
)
def test_an_organisation_signs_only_where_no_person_does_and_an_agency_never(
    name: str, expected: tuple[str, ...]
) -> None:
    head = json_ld(**{"@type": "Organization", "name": name})
    assert authors(head=head) == expected
    assert authors("<p>By Ana Roe</p>", head=head) == ("Ana Roe",)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("News Desk", ("News Desk",)), ("Staff", ("Staff",)), ("Webmaster", ()), ("admin", ()), ("Reuters Staff", ())],
)
def test_a_desk_that_the_data_call_the_author_signs_where_nobody_else_does(
    name: str, expected: tuple[str, ...]
) -> None:
    head = json_ld(**{"@type": "Person", "name": name})
    assert authors(head=head) == expected
    assert authors("<p>By Ana Roe</p>", head=head) == ("Ana Roe",)
    assert authors("<p>By the Lune Labs Team</p>", head=head) == ("the Lune Labs Team",)


def test_what_the_page_calls_a_section_is_no_author() -> None:
    section = "<meta property='article:section' content='Port Lune'>"
    line = "<div>Port Lune</div><div>August 13, 2024</div>"
    assert authors(line) == ("Port Lune",)
    assert authors(line, head=section) == ()


TOLD = (
    "<p>I went down to my harbour, where I met a crane that I knew. My ship was gone, and I told the crews of it.</p>"
)


def test_an_unsigned_text_in_the_first_person_is_by_whom_the_pages_title_names() -> None:
    head = "<title>Harbour closed after a crane fell | Ana Roe</title>"
    html = f"<html><head>{head}</head><body><h1>Harbour closed after a crane fell</h1>{TOLD * 3}</body></html>"
    tree = parse(html, "")
    found = blocks(tree)
    read = read_metadata(tree, read_sources(tree), found, found[1:], url="https://ana.example/a", fetched_at=NOW)
    assert read.authors == ("Ana Roe",)
    assert read.sources["authors"] is Source.HEURISTIC
    assert authors(head=head) == ()  # told by nobody


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ('var dataLayer_content = {"pagePostAuthor":"Ana Roe"};', ("Ana Roe",)),
        ('window.meta = {"article_author": ["Ana Roe"]}', ("Ana Roe",)),
        ('window.meta = {"author": "Ana Roe"}', ()),  # of a picture, or of another article
        ('window.meta = {"authorName": "admin"}', ()),
        ("window.label = ' + authorName + '", ()),
    ],
)
def test_what_scripts_tell_of_the_author_counts_where_nobody_else_is_named(
    script: str, expected: tuple[str, ...]
) -> None:
    assert authors(behind=f"<script>{script}</script>") == expected
    assert authors("<p>By Ben Poe</p>", behind=f"<script>{script}</script>") == ("Ben Poe",)


@pytest.mark.parametrize("head", ["", "<title>Harbour closed after a crane fell - Harbour Courier</title>"])
def test_what_stands_behind_the_title_is_the_site_and_no_person_where_readers_see_one(head: str) -> None:
    data = f"<meta name='author' content='Harbour Courier'>{head}"
    seen = ("Ana Roe",) if head else ("Harbour Courier",)
    assert authors("<div class='autor'><a href='/autor/ar'>Ana Roe</a></div>", head=data, site="") == seen


def test_who_has_the_sites_own_name_stays_its_author() -> None:
    data = "<title>Harbour closed after a crane fell | Ana Roe</title><meta name='author' content='Ana Roe'>"
    assert authors(head=data, site="") == ("Ana Roe",)


@pytest.mark.parametrize(
    ("signature", "expected"),
    [
        ("<p>Ana Roe</p>", ("Ana Roe",)),
        ("<p style='text-align:right'><b>Ana Roe</b></p>", ("Ana Roe",)),
        ("<p>— Ana Roe</p>", ("Ana Roe",)),
        ("<p class='firma'>Ana Roe e Ben Poe</p><p>foto di Cal Moe</p>", ("Ana Roe", "Ben Poe")),
        ("<p><a href='/topics/port-lune'>Harbour Masters</a></p>", ()),
        ("<p>Port Lune</p>", ()),  # the text tells of it
        ("<label>Last Name</label>", ()),
        ("<h3>Also Read</h3><p>Ana Roe</p>", ()),
    ],
)
def test_a_name_that_is_all_of_the_last_paragraph_signs_the_text(signature: str, expected: tuple[str, ...]) -> None:
    assert authors(behind=signature) == expected


@pytest.mark.parametrize(
    "behind",
    [
        "<div>Pubblicato da <span class='fn'>Ana Roe</span> alle <abbr>22:10</abbr></div>",
        "<div>Publicado por Ana Roe às 22:10</div>",
        "<p>Posted in Reports by Ana Roe on 12th February 2024</p>",
        "<h3>About the author</h3><p>Ana Roe is Professor of Cranes.</p>",
    ],
)
def test_lines_that_systems_put_behind_posts_name_their_author(behind: str) -> None:
    assert authors(behind=behind) == ("Ana Roe",)


def test_a_byline_that_says_more_of_a_name_is_believed_before_the_data() -> None:
    assert authors("<p>By Ana Roe</p>", head=json_ld(**{"@type": "Person", "name": "Ana"})) == ("Ana Roe",)


def test_the_organisation_that_the_data_name_is_no_person_of_the_byline() -> None:
    data = json_ld(**{"@type": "Organization", "name": "Harbour Portal"})
    assert authors("<p>Por Ana Roe e Ben Poe, Harbour Portal — Lune</p>", head=data) == ("Ana Roe", "Ben Poe")


def test_the_data_name_the_site_also_where_its_name_stands_in_the_pages_header() -> None:
    above = "<p>Authors: Dr Ana Roe (GP) and Dr Ben Poe (cardiologist)</p>"
    html = f"<header>Harbour Friends - for every crane</header><h1>Harbour closed after a crane fell</h1>{above}"
    tree = parse(f"<meta name='author' content='Harbour Friends'>{html}<p>{TEXT}</p><p>{TEXT}</p>", "")
    found = blocks(tree)
    body = [block for block in found if block.text == TEXT]
    read = read_metadata(tree, read_sources(tree), found, body, url="https://post.example/a", fetched_at=NOW)
    assert read.authors == ("Dr Ana Roe", "Dr Ben Poe")


@pytest.mark.parametrize("account", ["superadmin", "Super User", "beheerder", "docs-bot"])
def test_an_account_is_no_author(account: str) -> None:
    assert authors(head=f"<meta name='author' content='{account}'>") == ()


def test_a_name_that_the_sites_account_repeats_in_lower_case_is_no_ordinary_word() -> None:
    above = "<div><a href='/'>a.roe</a></div><div>August 15, 2024 · 3 min · Ana Roe</div>"
    assert authors(above) == ("Ana Roe",)
