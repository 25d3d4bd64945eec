"""The gate: candidates against suite `articles` of expectations/, run by Great Expectations; and a watch on batches."""

from copydesk.validate.docs import write_data_docs
from copydesk.validate.gate import GateError, Verdict, validate
from copydesk.validate.watch import watch

__all__ = ["GateError", "Verdict", "validate", "watch", "write_data_docs"]
