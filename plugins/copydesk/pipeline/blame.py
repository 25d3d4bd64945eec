"""Whose fault it is that a step fails: what the database cannot do for now is no attempt of the articles."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from copydesk import frontier
from copydesk.database import connect, transaction
from copydesk.errors import DatabaseAwayError, DatabaseError
from copydesk.settings import Settings

Rest = ParamSpec("Rest")
Result = TypeVar("Result")
Step = Callable[Concatenate[Settings, int, Rest], Result]


def blameless(step: Step[Rest, Result]) -> Step[Rest, Result]:
    """A step of a batch that raises DatabaseAwayError with its entries' attempt taken back, if that can be written.

    Else entries would end as crashed when the database's disk was full for longer than MAX_ATTEMPTS leases.
    """

    @wraps(step)
    def run(settings: Settings, batch_id: int, /, *args: Rest.args, **kwargs: Rest.kwargs) -> Result:
        try:
            return step(settings, batch_id, *args, **kwargs)
        except DatabaseAwayError:
            _excuse(settings, batch_id)
            raise

    return run


def _excuse(settings: Settings, batch_id: int) -> None:
    with suppress(DatabaseError), connect(settings.database) as connection, transaction(connection):
        frontier.excuse(connection, batch_id)
