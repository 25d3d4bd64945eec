"""Is one component of Airflow alive? Asks the API server, which is cheap; `airflow jobs check` costs seconds of CPU.

usage: python -m copydesk.stack.health http://HOST:PORT COMPONENT [--warm]

Exit code 0 when COMPONENT (metadatabase, scheduler, triggerer, dag_processor) is healthy. `--warm` also asks the
execution API for its own health, whose first answer takes longer than a task waits for it.
"""

from __future__ import annotations

import json
import sys
from urllib.error import URLError
from urllib.request import urlopen

HEALTH_SECONDS = 5
WARM_SECONDS = 25


def health(server: str, component: str) -> str:
    """What the API server says of a component: healthy, unhealthy, or unknown when it does not run one."""
    with urlopen(f"{server}/api/v2/monitor/health", timeout=HEALTH_SECONDS) as answer:  # noqa: S310 - an operator's URL
        report = json.load(answer)
    return str((report.get(component) or {}).get("status") or "unknown")


def warm(server: str) -> None:
    """Make the execution API build its routes now."""
    with urlopen(f"{server}/execution/health", timeout=WARM_SECONDS):  # noqa: S310 - an operator's URL
        pass


def main(arguments: list[str]) -> int:
    """Print the component's state; 0 when it is healthy."""
    server, component, *options = arguments
    try:
        if "--warm" in options:
            warm(server)
        state = health(server, component)
    except (URLError, TimeoutError, ValueError) as error:
        state = f"no answer: {error}"
    sys.stdout.write(f"{component}: {state}\n")
    return 0 if state == "healthy" else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
