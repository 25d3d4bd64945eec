"""What a page says of its article in `meta` and `link` elements: Open Graph, Dublin Core, Parsely, and plain HTML."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import Final

from lxml import etree

from copydesk.extract.blocks import squeeze
from copydesk.extract.metadata.claims import Claims
from copydesk.extract.metadata.persons import given_first
from copydesk.models import Source

MAX_CHARS: Final = 5_000
MAX_DATE_CHARS: Final = 60

_FEED_TYPES: Final = frozenset(("application/rss+xml", "application/atom+xml"))
_PUBLISHED: Final = "<published>"  # whatever a site calls it
_PUBLICATION: Final = re.compile(
    r"publi(?:sh|cation)\w{0,2}[-_. ]?(?:date|time|on|at)|(?:date|time)[-_.]?(?:of[-_.])?publi|pubdate"
)

# For each field the names that carry it, the better first, in lower case.
_NAMES: Final = {
    "titles": (
        *(
            "og:title",
            "parsely-title",
            "citation_title",
            "dc.title",
            "dcterms.title",
            "twitter:title",
            "sailthru.title",
        ),
        *("headline",),
    ),
    "authors": (
        *(
            "parsely-author",
            "citation_author",
            "dc.creator",
            "dcterms.creator",
            "sailthru.author",
            "author",
            "article:author",
        ),
        *(
            "og:article:author",
            "byl",
            "creator",
            "article.author",
            "dc.contributor",
            "article:author_name",
            "author_name",
            "authors",
            "articleauthor",
            "article_author",
            "cxenseparse:author",
            "rnews:author",
            "vr:author",
            "citation_authors",
            "twitter:data1",
        ),
    ),
    "published": (
        *(
            "article:published_time",
            "og:article:published_time",
            "article:published",
            "parsely-pub-date",
            "datepublished",
        ),
        *(
            "pubdate",
            "publishdate",
            "publish-date",
            "publication_date",
            "sailthru.date",
            "dc.date.issued",
            "dcterms.issued",
        ),
        *(
            "dc.date",
            "dcterms.created",
            "dc.date.created",
            "dcterms.date",
            "citation_publication_date",
            "citation_date",
        ),
        *(
            "cxenseparse:recs:publishtime",
            "bt:pubdate",
            "og:published_time",
            "og:pubdate",
            "rnews:datepublished",
        ),
        *(
            "article:post_date",
            "article.published",
            "date",
            "article:created",
            "datecreated",
            "created",
        ),
        *(
            "originalpublicationdate",
            "last-modified-date",
            "published",
            "pdate",
            "publication-date",
            "releasedate",
            "displaydate",
        ),
    ),
    "modified": (
        *(
            "article:modified_time",
            "og:article:modified_time",
            "og:updated_time",
            "datemodified",
            "dcterms.modified",
        ),
        *("dc.date.modified", "lastmod", "last-modified", "revised", "modified"),
    ),
    "site_names": (
        *(
            "og:site_name",
            "application-name",
            "dc.publisher",
            "citation_publisher",
            "publisher",
            "twitter:site_name",
        ),
        *("copyright",),
    ),
    "images": (
        *(
            "og:image:secure_url",
            "og:image",
            "og:image:url",
            "twitter:image",
            "twitter:image:src",
            "parsely-image-url",
        ),
        *("thumbnail",),
    ),
    "sections": (
        "article:section",
        "parsely-section",
        "og:article:section",
        "cxenseparse:category",
        "section",
        "category",
    ),
    "tags": (
        *(
            "article:tag",
            "og:article:tag",
            "news_keywords",
            "parsely-tags",
            "keywords",
            "sailthru.tags",
            "dc.subject",
        ),
        *("dcterms.subject", "citation_keywords"),
    ),
    "summaries": (
        *(
            "og:description",
            "description",
            "dc.description",
            "dcterms.description",
            "twitter:description",
        ),
        *("dcterms.abstract",),
    ),
    "languages": (
        "og:locale",
        "content-language",
        "dc.language",
        "dcterms.language",
        "language",
        "inlanguage",
    ),
    "canonical_urls": ("og:url", "parsely-link", "twitter:url"),
}

_WANTED: Final = frozenset(name for names in _NAMES.values() for name in names)


def read_tags(tree: etree._Element) -> Claims:
    """What the page's `meta` and `link` elements, its `title` and its `lang` say."""
    said: dict[str, list[str]] = defaultdict(list)
    for element in tree.iter("meta", "link", "title"):
        _hear(element, said)
    fields = {field: _values(said, names) for field, names in _NAMES.items()}
    root = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang")
    return Claims(
        Source.META,
        titles=fields["titles"] + _values(said, ("<title>",)),
        authors=tuple(map(given_first, fields["authors"])),
        published=fields["published"] + _values(said, (_PUBLISHED,)),
        modified=fields["modified"],
        languages=((root,) if root else ()) + fields["languages"],
        site_names=fields["site_names"],
        canonical_urls=_values(said, ("<canonical>",)) + fields["canonical_urls"],
        images=fields["images"],
        sections=fields["sections"],
        tags=fields["tags"],
        summaries=fields["summaries"],
        feeds=_values(said, ("<feed>",)),
    )


def _hear(element: etree._Element, said: dict[str, list[str]]) -> None:
    if element.tag == "title":
        # only the page's own: pictures and frames have titles too
        if not said["<title>"]:
            said["<title>"].append(squeeze("".join(map(str, element.itertext()))))
    elif element.tag == "link":
        _hear_link(element, said)
    elif 0 < len(content := element.get("content") or "") <= MAX_CHARS:
        for key in ("property", "name", "itemprop", "http-equiv"):
            if called := element.get(key):
                name = called.strip().lower()
                if name in _WANTED:
                    said[name].append(squeeze(content))
                elif len(content) <= MAX_DATE_CHARS and _names_publication(name):
                    said[_PUBLISHED].append(squeeze(content))


def _hear_link(element: etree._Element, said: dict[str, list[str]]) -> None:
    kinds = (element.get("rel") or "").lower().split()
    if "canonical" in kinds:
        said["<canonical>"].append((element.get("href") or "").strip())
    elif "alternate" in kinds and (element.get("type") or "").lower() in _FEED_TYPES:
        said["<feed>"].append(squeeze((element.get("title") or "")[:MAX_CHARS]))


@lru_cache(maxsize=2_000)
def _names_publication(name: str) -> bool:
    return _PUBLICATION.search(name) is not None


def _values(said: dict[str, list[str]], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for name in names if name in said for value in said[name] if value)
