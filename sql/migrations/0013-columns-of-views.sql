-- What each column of schema news is, where its readers look: `\d+ news.articles`.

COMMENT ON COLUMN news.articles.article_id IS 'Identity; stays the same through all revisions.';
COMMENT ON COLUMN news.articles.url IS 'Where it is published, without tracking parameters.';
COMMENT ON COLUMN news.articles.title IS 'Title without the site''s name.';
COMMENT ON COLUMN news.articles.text IS
'The clean text: paragraphs, headings, quotations and list items, a blank line between two.';
COMMENT ON COLUMN news.articles.language IS 'Language tag, as en or ar.';
COMMENT ON COLUMN news.articles.authors IS 'Persons, in order; empty when none is named.';
COMMENT ON COLUMN news.articles.agency IS
'The agency or outlet that wrote it, as the text says; null when none is named.';
COMMENT ON COLUMN news.articles.publisher IS 'Who published this copy; the domain when the site does not name itself.';
COMMENT ON COLUMN news.articles.domain IS 'The site that published it: a registrable domain, or host and port.';
COMMENT ON COLUMN news.articles.published_at IS 'When the publisher says it was published; null when it does not.';
COMMENT ON COLUMN news.articles.modified_at IS 'When the publisher says it was last changed; null when it does not.';
COMMENT ON COLUMN news.articles.section IS 'The site''s section.';
COMMENT ON COLUMN news.articles.tags IS 'Tags and keywords.';
COMMENT ON COLUMN news.articles.summary IS 'The publisher''s own summary.';
COMMENT ON COLUMN news.articles.lead_image IS 'URL of the lead image.';
COMMENT ON COLUMN news.articles.characters IS 'Length of text in characters.';
COMMENT ON COLUMN news.articles.revision IS 'Number of the revision that is shown, the newest; 1 is the first.';
COMMENT ON COLUMN news.articles.first_loaded_at IS 'When the first revision was loaded.';
COMMENT ON COLUMN news.articles.last_loaded_at IS 'When the revision that is shown was loaded.';
COMMENT ON COLUMN news.articles.sources IS
'Where each field was read: {field: source}; docs/metadata.md says what sources there are.';

COMMENT ON COLUMN news.revisions.article_id IS 'The article.';
COMMENT ON COLUMN news.revisions.revision IS 'From 1 on; the highest is what news.articles shows.';
COMMENT ON COLUMN news.revisions.url IS 'Where the article is published now.';
COMMENT ON COLUMN news.revisions.title IS 'The title then.';
COMMENT ON COLUMN news.revisions.text IS 'The text then.';
COMMENT ON COLUMN news.revisions.modified_at IS 'The publisher''s own modification time then.';
COMMENT ON COLUMN news.revisions.loaded_at IS 'When it was loaded.';

COMMENT ON COLUMN news.removed_text.article_id IS 'The article.';
COMMENT ON COLUMN news.removed_text.revision IS 'The revision that it was taken off.';
COMMENT ON COLUMN news.removed_text.url IS 'The article''s URL.';
COMMENT ON COLUMN news.removed_text.domain IS 'The article''s site.';
COMMENT ON COLUMN news.removed_text.position IS 'Place among the page''s blocks, kept ones counted too.';
COMMENT ON COLUMN news.removed_text.label IS
'What it is: caption, credit, disclaimer, related, …; docs/rules.md lists the labels.';
COMMENT ON COLUMN news.removed_text.text IS
'The text, whole; of menus and what stands around a known container a line a block.';
COMMENT ON COLUMN news.removed_text.rule IS 'The rule that took it off; docs/rules.md says what the names mean.';
COMMENT ON COLUMN news.removed_text.rule_version IS 'That rule''s version.';

COMMENT ON COLUMN news.quarantine.entry_id IS 'The visit whose article was refused.';
COMMENT ON COLUMN news.quarantine.url IS 'As the feed or partner gave it.';
COMMENT ON COLUMN news.quarantine.domain IS 'The site.';
COMMENT ON COLUMN news.quarantine.expectation IS 'What it failed: a name in expectations/articles.json.';
COMMENT ON COLUMN news.quarantine.column_name IS 'The column that this looks at; expectations/README.md explains them.';
COMMENT ON COLUMN news.quarantine.observed IS 'The value that failed, shortened.';
COMMENT ON COLUMN news.quarantine.rejected_at IS 'When.';

COMMENT ON COLUMN news.funnel.hour IS 'The hour in which it happened.';
COMMENT ON COLUMN news.funnel.feed_id IS 'The feed, 0 when there is none.';
COMMENT ON COLUMN news.funnel.feed_url IS 'The feed''s URL; null when there is none, or none any more.';
COMMENT ON COLUMN news.funnel.domain IS 'The site.';
COMMENT ON COLUMN news.funnel.stage IS 'discover, or the step in which entries ended.';
COMMENT ON COLUMN news.funnel.outcome IS
'discovered, or how entries ended: loaded, unchanged, duplicate, quarantined, refused, gone, failed.';
COMMENT ON COLUMN news.funnel.reason IS 'Why; empty for discovered.';
COMMENT ON COLUMN news.funnel.count IS 'How many.';

COMMENT ON COLUMN news.latency.article_id IS 'The article.';
COMMENT ON COLUMN news.latency.url IS 'Its URL.';
COMMENT ON COLUMN news.latency.domain IS 'Its site.';
COMMENT ON COLUMN news.latency.item_published_at IS 'When the feed''s item says it was published.';
COMMENT ON COLUMN news.latency.discovered_at IS 'When its URL was learned of.';
COMMENT ON COLUMN news.latency.fetched_at IS 'When its page came.';
COMMENT ON COLUMN news.latency.first_loaded_at IS 'When its first revision was loaded.';
COMMENT ON COLUMN news.latency.discovery_to_row IS 'From discovered_at to first_loaded_at.';

COMMENT ON COLUMN news.feed_health.feed_id IS 'Identity; commands take it instead of the URL.';
COMMENT ON COLUMN news.feed_health.url IS 'Where the feed is.';
COMMENT ON COLUMN news.feed_health.title IS 'As an operator or, else, the feed itself names it.';
COMMENT ON COLUMN news.feed_health.state IS
'new: not asked yet; healthy; failing: the last poll failed; broken: the last five did; paused: not asked.';
COMMENT ON COLUMN news.feed_health.last_polled_at IS 'When it was last asked for.';
COMMENT ON COLUMN news.feed_health.last_changed_at IS 'When its document last differed.';
COMMENT ON COLUMN news.feed_health.next_poll_at IS 'Due from this instant on.';
COMMENT ON COLUMN news.feed_health.poll_seconds IS 'Seconds between two polls, as they are now.';
COMMENT ON COLUMN news.feed_health.failures IS 'Failed polls in a row.';
COMMENT ON COLUMN news.feed_health.last_error IS
'What was wrong with the last poll, or with single items; null when nothing was.';
COMMENT ON COLUMN news.feed_health.poll_why IS 'Why it is asked so often, for people.';
COMMENT ON COLUMN news.feed_health.kind IS 'feed, or page: a page for people that lists articles.';
COMMENT ON COLUMN news.feed_health.pause_reason IS 'Why it is paused, if a person did not do it.';
COMMENT ON COLUMN news.feed_health.trouble IS
'The kind of its failure: later, wrong, refused or gone; docs/feeds.md explains them.';
COMMENT ON COLUMN news.feed_health.former_urls IS 'Where it was before it moved.';
COMMENT ON COLUMN news.feed_health.suggested_url IS 'Where it may be now: `copydesk feeds move` goes there.';
COMMENT ON COLUMN news.feed_health.suggested_why IS 'Why that is suggested, for people.';
COMMENT ON COLUMN news.feed_health.items IS 'Items that it listed when it was last read.';
COMMENT ON COLUMN news.feed_health.off_site_items IS 'How many of them lead to another site.';
COMMENT ON COLUMN news.feed_health.newest_item_at IS
'When the newest item that it ever listed was published, as it says.';
COMMENT ON COLUMN news.feed_health.last_new_at IS 'When it last had an item that was new.';
COMMENT ON COLUMN news.feed_health.last_read_at IS 'When its document last came in full, not as 304.';

COMMENT ON COLUMN news.sites.domain IS 'Registrable domain by the public suffix list; for an IP address host:port.';
COMMENT ON COLUMN news.sites.pause_seconds IS 'An operator''s own pause for this site; null means the general one.';
COMMENT ON COLUMN news.sites.concurrency IS 'Requests at a time, as an operator set it; null means one.';
COMMENT ON COLUMN news.sites.robots_obeyed IS 'Whether robots.txt is obeyed.';
COMMENT ON COLUMN news.sites.robots_ignored_because IS 'Why it is not, in an operator''s words.';
COMMENT ON COLUMN news.sites.blocked IS 'Whether an operator forbade to ask the site for anything.';
COMMENT ON COLUMN news.sites.blocked_because IS 'Why, in an operator''s words.';
COMMENT ON COLUMN news.sites.set_at IS 'When an operator last set something for it; null for never.';
COMMENT ON COLUMN news.sites.first_seen_at IS 'When the first entry of it was discovered.';
COMMENT ON COLUMN news.sites.left_alone_until IS
'The site asked to be left alone until then (Retry-After); null when that is over.';

COMMENT ON COLUMN news.access.domain IS 'The site.';
COMMENT ON COLUMN news.access.day IS 'The day, in UTC.';
COMMENT ON COLUMN news.access.access IS 'open, or what stood in the way; docs/politeness.md explains them.';
COMMENT ON COLUMN news.access.entries IS 'How many visits found it so.';
COMMENT ON COLUMN news.access.last_seen IS 'The last hour in which one did.';

COMMENT ON COLUMN news.page_terms.entry_id IS 'The visit.';
COMMENT ON COLUMN news.page_terms.article_id IS 'The article it became; null when it became none.';
COMMENT ON COLUMN news.page_terms.url IS 'The page, without tracking parameters.';
COMMENT ON COLUMN news.page_terms.domain IS 'Its site.';
COMMENT ON COLUMN news.page_terms.term IS 'What the page asks or says: noarchive, noai, tdm-reservation, paywall, ….';
COMMENT ON COLUMN news.page_terms.evidence IS 'The words that say so.';
COMMENT ON COLUMN news.page_terms.outcome IS 'How the visit ended; null while it has not.';
COMMENT ON COLUMN news.page_terms.fetched_at IS 'When the page came.';

COMMENT ON COLUMN news.push_health.feed_id IS 'The feed.';
COMMENT ON COLUMN news.push_health.feed_url IS 'Its URL.';
COMMENT ON COLUMN news.push_health.state IS
'How its newest subscription stands, as `copydesk feeds push FEED status` tells it.';
COMMENT ON COLUMN news.push_health.hub_url IS 'The hub that was asked.';
COMMENT ON COLUMN news.push_health.verified_at IS 'When the hub verified the subscription.';
COMMENT ON COLUMN news.push_health.expires_at IS 'When the hub''s lease ends; it is renewed before.';
COMMENT ON COLUMN news.push_health.last_push_at IS 'When the hub last sent content.';
COMMENT ON COLUMN news.push_health.pushes IS 'How often it did.';
COMMENT ON COLUMN news.push_health.pushed_first IS
'Visits that push was the first to ask for, since the feed was first subscribed.';
COMMENT ON COLUMN news.push_health.polled_first IS 'Visits that polling was the first to ask for since then.';
COMMENT ON COLUMN news.push_health.detail IS 'What the hub said, or what went wrong, for people.';

COMMENT ON COLUMN news.push_refusals.hour IS 'The hour in which it happened.';
COMMENT ON COLUMN news.push_refusals.door IS 'webhook, websub or queue.';
COMMENT ON COLUMN news.push_refusals.source IS
'The partner or the subscription''s number; empty for names that nobody gave.';
COMMENT ON COLUMN news.push_refusals.reason IS 'Why it was refused.';
COMMENT ON COLUMN news.push_refusals.count IS 'How many.';
COMMENT ON COLUMN news.push_refusals.last_at IS 'When the last of them came.';

COMMENT ON COLUMN news.site_profiles.domain IS 'The site.';
COMMENT ON COLUMN news.site_profiles.version IS 'From 1 on, per site.';
COMMENT ON COLUMN news.site_profiles.state IS
'active: used for reading; shadow: tested and not good enough to be used; retired: was used once.';
COMMENT ON COLUMN news.site_profiles.reason IS 'Why it is in that state, in a sentence.';
COMMENT ON COLUMN news.site_profiles.pages IS 'Distinct articles that it was learned from.';
COMMENT ON COLUMN news.site_profiles.hit_rate IS
'In its shadow test, the share of stored pages that it could read.';
COMMENT ON COLUMN news.site_profiles.agreement IS
'In its shadow test, how alike it and the teacher read, between 0 and 1.';
COMMENT ON COLUMN news.site_profiles.created_at IS 'When it was learned.';
COMMENT ON COLUMN news.site_profiles.activated_at IS 'When it last took effect; null when it never did.';

COMMENT ON COLUMN news.off_site_links.feed_id IS 'The feed that listed it.';
COMMENT ON COLUMN news.off_site_links.feed_url IS 'That feed''s URL; null when there is none any more.';
COMMENT ON COLUMN news.off_site_links.entry_id IS 'The visit.';
COMMENT ON COLUMN news.off_site_links.url IS 'The link, as published.';
COMMENT ON COLUMN news.off_site_links.domain IS 'The site that it leads to first.';
COMMENT ON COLUMN news.off_site_links.leads_to IS 'The URL behind the redirects; null while nobody went there.';
COMMENT ON COLUMN news.off_site_links.discovered_at IS 'When it was learned of.';
COMMENT ON COLUMN news.off_site_links.outcome IS 'How the visit ended; null while it has not.';
COMMENT ON COLUMN news.off_site_links.article_id IS 'The article that it became; null when it became none.';
