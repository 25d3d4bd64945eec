-- Notes a poll that went well; a wish for new visits that came while it went on stays.
UPDATE ingest.feeds AS f SET
    title = coalesce(f.title, %(title)s),
    etag = %(etag)s,
    last_modified = %(last_modified)s,
    content_hash = %(content_hash)s,
    poll_seconds = %(poll_seconds)s,
    poll_why = %(poll_why)s,
    rhythm = %(rhythm)s::jsonb,
    hints = %(hints)s::jsonb,
    last_read_at = CASE WHEN %(read)s THEN %(now)s ELSE f.last_read_at END,
    next_poll_at = CASE
        WHEN f.revisit_before IS DISTINCT FROM %(revisit_before)s THEN %(now)s
        WHEN f.feed_id IN (SELECT s.feed_id FROM ingest.push_subscriptions AS s WHERE s.state = 'active')
            -- its hub pushes what is new: polling is the safety net, and an hour is soon enough for that
            THEN greatest(%(next_poll_at)s, %(now)s + interval '1 hour')
        ELSE %(next_poll_at)s
    END,
    revisit_before = nullif(f.revisit_before, %(revisit_before)s),
    last_polled_at = %(now)s,
    last_changed_at = CASE WHEN %(status)s = 'changed' THEN %(now)s ELSE f.last_changed_at END,
    last_status = %(status)s,
    last_error = CASE
        WHEN %(status)s = 'changed' THEN %(problems)s
        WHEN f.last_status IN ('changed', 'unchanged') THEN f.last_error
    END,
    failures = 0,
    trouble = NULL,
    pause_reason = NULL,
    items = coalesce(%(items)s, f.items),
    off_site_items = coalesce(%(off_site_items)s, f.off_site_items),
    newest_item_at = greatest(f.newest_item_at, %(newest_item_at)s),
    last_new_at = CASE WHEN %(found_new)s THEN %(now)s ELSE f.last_new_at END,
    sitemaps = %(sitemaps)s::jsonb,
    suggested_url = CASE WHEN %(status)s = 'changed' THEN %(suggested_url)s ELSE f.suggested_url END,
    suggested_why = CASE WHEN %(status)s = 'changed' THEN %(suggested_why)s ELSE f.suggested_why END
WHERE f.feed_id = %(feed_id)s
