"""The gate: candidates against the suite in expectations/articles.json, run by Great Expectations."""

from copydesk.validate.gate import GateError, Verdict, validate

__all__ = ["GateError", "Verdict", "validate"]
