"""Feeds and sitemaps as the hostile server sends them under /feed: good, broken, malicious."""

from __future__ import annotations


def item(number: int) -> str:
    return f"<item><title>Story {number}</title><link>/story/{number}</link></item>"


def rss(items: str, prolog: str = "") -> bytes:
    start = f'<?xml version="1.0"?>{prolog}<rss version="2.0"><channel><title>The Wire</title>'
    return f"{start}{items}</channel></rss>".encode()


BILLION_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL_ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
INDEX = f"""<?xml version="1.0"?><sitemapindex {SITEMAP}>
<sitemap><loc>/feed/old-sitemap</loc><lastmod>2020-01-01</lastmod></sitemap>
<sitemap><loc>/feed/news-sitemap</loc><lastmod>2026-11-02T10:00:00Z</lastmod></sitemap></sitemapindex>"""
NEWS_SITEMAP = f"""<?xml version="1.0"?><urlset {SITEMAP} {NEWS}><url><loc>https://news.example/a</loc><news:news>
<news:publication><news:name>The Wire</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-11-02T10:00:00+02:00</news:publication_date><news:title>A &amp; B</news:title></news:news>
</url></urlset>"""
OLD_SITEMAP = f"""<urlset {SITEMAP}><url><loc>/1</loc><lastmod>2019-12-31</lastmod></url>
<url><loc>/2</loc><lastmod>2015-01-01</lastmod></url><url><loc>/3</loc></url></urlset>"""

FEEDS = {
    "sitemap-index": INDEX.encode(),
    "news-sitemap": NEWS_SITEMAP.encode(),
    "old-sitemap": OLD_SITEMAP.encode(),
    "good": rss("".join(map(item, range(3)))),
    "html": b"<!DOCTYPE html><title>Hi</title><link rel=alternate type=application/rss+xml href=/feed/good><p>Hello",
    "truncated": rss("".join(map(item, range(10))))[:400],
    "laughs": rss("<item><title>&b;</title><link>/a</link></item>", BILLION_LAUGHS),
    "external": rss("<item><title>&a;</title><link>/a</link></item>", EXTERNAL_ENTITY),
    "long": rss("".join(map(item, range(5000)))),
    "long-name": f"<urlset {SITEMAP}><{'a' * 60_000}/></urlset>".encode(),
    "broken-item": rss(item(1) + "<item><title>a <b & c</title><link>javascript:x</link></item>" + item(3)),
}
