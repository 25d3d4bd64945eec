"""The watch over a batch: suite `batches` warns when a batch as a whole looks wrong; it stops nothing."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from copydesk.models import Candidate
from copydesk.validate.columns import Row
from copydesk.validate.gate import Verdict, judge

WATCH = "batches"
MIN_ARTICLES = 10  # shares of fewer say nothing


def watch(candidates: Sequence[Candidate], verdict: Verdict) -> tuple[str, ...]:
    """What is conspicuous about a batch, as "dated-articles: dated_share is 0.1"; nothing for a small one."""
    if len(candidates) < MIN_ARTICLES:
        return ()
    conspicuous = judge(WATCH, [batch_row(candidates, verdict)])
    return tuple(f"{one.expectation}: {one.column} is {one.observed}" for one in conspicuous)


def batch_row(candidates: Sequence[Candidate], verdict: Verdict) -> Row:
    """The one row of a batch; shares are between 0 and 1."""
    articles = [candidate.article for candidate in candidates]
    count = len(articles)
    return {
        "entry_id": 0,  # what rows are told apart by; there is one
        "articles": count,
        "accepted_share": len(verdict.accepted) / count,
        "dated_share": sum(1 for one in articles if one.metadata.published_at) / count,
        "with_language_share": sum(1 for one in articles if one.metadata.language) / count,
        "distinct_text_share": len({one.text for one in articles}) / count,
        "distinct_title_share": len({one.metadata.title for one in articles}) / count,
        "median_characters": median(len(one.text) for one in articles),
    }
