"""A log of every turn at a site that a database grants: the truth about the pace, free of any server's delays."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import psycopg2

from copydesk.frontier.turns import TURN

_LOG = """
CREATE TABLE public.granted (domain text NOT NULL, turn_until timestamptz NOT NULL);
CREATE FUNCTION public.log_turn() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF cardinality(NEW.turns) > 0 AND (TG_OP = 'INSERT' OR NOT OLD.turns @> NEW.turns) THEN
        INSERT INTO public.granted VALUES (NEW.domain, NEW.turns[cardinality(NEW.turns)]);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER log_turn AFTER INSERT OR UPDATE OF turns ON ingest.sites FOR EACH ROW EXECUTE FUNCTION public.log_turn();
"""


def log_turns(dsn: str) -> None:
    """Log from now on; `dsn` is the owner's."""
    _execute(dsn, _LOG)


def granted(dsn: str, turn_seconds: float = TURN.total_seconds()) -> dict[str, list[datetime]]:
    """When turns were granted, by domain and in order; `turn_seconds` is how long one lasts at most."""
    instants = defaultdict(list)
    text = "SELECT domain, turn_until - make_interval(secs => %s) FROM public.granted ORDER BY turn_until"
    for domain, instant in _execute(dsn, text, turn_seconds):
        instants[domain].append(instant)
    return instants


def _execute(dsn: str, text: str, *values: object) -> list[tuple[str, datetime]]:
    connection = psycopg2.connect(dsn)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(text, values or None)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()
