"""Writing what was decided: COPY into a temporary table, one upsert, and the entries' ends, in one transaction."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import datetime

from copydesk.database import Connection, Row, query, statement
from copydesk.drafts import drafts_at
from copydesk.frontier import Ended, finish
from copydesk.load.claims import remember_claims
from copydesk.load.decide import decide_all
from copydesk.load.identity import identity
from copydesk.load.plan import Arrival, Decision, Loaded, Plan
from copydesk.load.standing import standing
from copydesk.models import Candidate, Outcome, Reason, Removal
from copydesk.urls import registrable_domain


def load(connection: Connection, batch_id: int, now: datetime) -> tuple[Loaded, ...]:
    """Load the accepted candidates of a batch and end their entries; what became of each, by entry.

    Runs inside the caller's `transaction`: rows and books are written together or not at all, and a second call finds
    nothing left to do. Two batches that bring the same article wait for each other.
    """
    arrivals = _arrivals(connection, batch_id)
    if not arrivals:
        return ()
    decisions = revise(connection, arrivals, now)
    loaded = _results(connection, decisions)
    finish(connection, [_ended(one, decision) for one, decision in zip(loaded, decisions, strict=True)], now)
    remember_claims(connection, loaded, decisions, now)
    return loaded


def revise(connection: Connection, arrivals: Sequence[Arrival], now: datetime) -> Sequence[Decision]:
    """Decide on arrivals and write what was decided; their entries are left as they are. Runs like `load`."""
    found = standing(connection, arrivals)
    plan = decide_all(arrivals, found.known, found.claiming)
    for move in plan.moves:
        query(connection, "move_article", {"url": move.url, "new_url": move.new_url})
    _write(connection, plan.decisions, now)
    _settle(connection, plan, now)
    return plan.decisions


def _arrivals(connection: Connection, batch_id: int) -> list[Arrival]:
    candidates = {candidate.entry_id: candidate for candidate in drafts_at(connection, batch_id, "accepted")}
    rows = query(connection, "entry_urls", {"entry_ids": list(candidates)})
    return [_arrival(candidates[row.entry_id], row) for row in rows]


def _arrival(candidate: Candidate, row: Row) -> Arrival:
    """A candidate with its row of entry_urls.sql. What a site says of another site's URLs is not for good."""
    found = identity(row.canonical_url, row.final_url, candidate.article.metadata.canonical_url)
    for_good = row.moved and registrable_domain(found.read_url) == registrable_domain(row.canonical_url)
    item = (row.feed_id, row.guid) if row.feed_id is not None and row.guid else None
    return Arrival(candidate, row.canonical_url, found.read_url, found.url, found.claimed_url, for_good, item)


def _write(connection: Connection, decisions: Sequence[Decision], now: datetime) -> None:
    changed = [decision for decision in decisions if decision.outcome is Outcome.LOADED]
    if changed:
        _copy(connection, [_document(decision) for decision in changed])
        query(connection, "load_articles", {"now": now})
    seen = {decision.url: decision for decision in decisions if decision.outcome is Outcome.UNCHANGED}
    parameters = {
        "now": now,
        "urls": list(seen),
        "modified_at": [one.arrival.candidate.article.metadata.modified_at for one in seen.values()],
    }
    query(connection, "touch_articles", parameters)


def _settle(connection: Connection, plan: Plan, now: datetime) -> None:
    """What holds of the articles in the end, whatever they went through on the way; and which URLs were left."""
    last = {decision.url: decision for decision in plan.decisions}
    parameters = {
        "urls": list(last),
        "read_urls": [decision.read_url for decision in last.values()],
        "redirects_to": [decision.redirects_to for decision in last.values()],
    }
    query(connection, "settle_articles", parameters)
    own = {*last, *(move.new_url for move in plan.moves)} - set(plan.former)
    query(connection, "forget_former_urls", {"urls": sorted(own)})
    left = {"former_urls": list(plan.former), "urls": list(plan.former.values())}
    query(connection, "note_former_urls", {**left, "now": now})


def _copy(connection: Connection, documents: Sequence[str]) -> None:
    """One row a document into the temporary table `incoming`, which this transaction's end drops."""
    with connection.cursor() as cursor:
        cursor.execute(statement("make_incoming"))
        lines = "".join(document.replace("\\", "\\\\") + "\n" for document in documents)
        cursor.copy_expert(statement("copy_incoming"), io.StringIO(lines))


def _document(decision: Decision) -> str:
    """One article with its ledger and attribution as one line of JSON, for load_articles.sql."""
    candidate, article = decision.arrival.candidate, decision.arrival.candidate.article
    known = article.metadata
    document = {
        "entry_id": candidate.entry_id,
        "canonical_url": decision.url,
        "read_url": decision.read_url,
        "revision": decision.revision,
        "domain": candidate.domain,
        "title": known.title,
        "text": article.text,
        "blocks": [{"label": block.label, "text": block.text} for block in article.blocks],
        "language": known.language,
        "authors": known.authors,
        "published_at": known.published_at,
        "modified_at": known.modified_at,
        "site_name": known.site_name,
        "lead_image": known.lead_image,
        "section": known.section,
        "tags": known.tags,
        "summary": known.summary,
        "sources": known.sources,
        "reading": article.reading,
        "characters": len(article.text),
        "content_key": decision.arrival.content_key.hex(),
        "page_hash": candidate.page_hash and candidate.page_hash.hex(),
        "removals": [_removal(removal) for removal in article.removals],
        "agency": candidate.attribution.agency,
        "publisher": candidate.attribution.publisher,
        "method": candidate.attribution.method,
        "evidence": candidate.attribution.evidence,
        "confidence": candidate.attribution.confidence,
    }
    return json.dumps(document, ensure_ascii=False, default=datetime.isoformat)


def _removal(removal: Removal) -> dict[str, object]:
    return {
        "position": removal.position,
        "label": removal.label,
        "rule": removal.rule,
        "rule_version": removal.rule_version,
        "text": removal.text,
        "path": removal.path,
    }


def _results(connection: Connection, decisions: Sequence[Decision]) -> tuple[Loaded, ...]:
    urls = [decision.url for decision in decisions]
    ids = {row.canonical_url: row.article_id for row in query(connection, "article_ids", {"urls": urls})}
    return tuple(
        Loaded(
            decision.arrival.candidate.entry_id,
            ids[decision.url],
            decision.revision,
            decision.outcome,
            decision.reason,
        )
        for decision in decisions
    )


def _ended(loaded: Loaded, decision: Decision) -> Ended:
    to = f", whose URL leads to {decision.arrival.article_url}" if decision.reason is Reason.REDIRECTED else ""
    detail = f"article {loaded.article_id}, revision {loaded.revision}, {decision.url}{to}"
    return Ended(loaded.entry_id, loaded.outcome, loaded.reason, "load", detail, loaded.article_id)
