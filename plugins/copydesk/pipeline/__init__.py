"""One function a task, in the order of the flow. Each commits what it did, may be killed anywhere and run again.

A batch id and counts are all that goes from one to the next; articles on their way rest in Postgres.
"""

from copydesk.pipeline.clean import Cleaned, clean_batch
from copydesk.pipeline.fetch import Fetched, claim_batch, fetch_batch
from copydesk.pipeline.gate import BatchRejectedError, Validated, validate_batch
from copydesk.pipeline.load import Filed, load_batch
from copydesk.pipeline.poll import Polled, poll

__all__ = [
    "BatchRejectedError",
    "Cleaned",
    "Fetched",
    "Filed",
    "Polled",
    "Validated",
    "claim_batch",
    "clean_batch",
    "fetch_batch",
    "load_batch",
    "poll",
    "validate_batch",
]
