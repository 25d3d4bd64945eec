"""What an operator sets is read, or refused by its name."""

from __future__ import annotations

import pytest

from copydesk.errors import UsageError
from copydesk.settings import FEED_VISITS_A_DAY, Settings


@pytest.mark.parametrize(("text", "visits"), [("", FEED_VISITS_A_DAY), ("0", 0), ("500", 500)])
def test_a_feeds_visits_a_day_are_a_number(text: str, visits: int) -> None:
    assert Settings.from_environment({"COPYDESK_FEED_VISITS_A_DAY": text}).feed_visits_a_day == visits


@pytest.mark.parametrize("text", ["many", "-1", "1.5", "9999999999", "\u0663"])
def test_what_is_no_number_of_visits_is_refused_by_the_settings_name(text: str) -> None:
    with pytest.raises(UsageError, match="COPYDESK_FEED_VISITS_A_DAY"):
        Settings.from_environment({"COPYDESK_FEED_VISITS_A_DAY": text})
