"""Know what a site wrapped around an article by a line's words and how it stands, where no rule foresaw the phrase."""

from copydesk.clean.wording.judge import WORDINGS, Judge, Weighed, Wording, standard_judge, standard_wording
from copydesk.clean.wording.standing import Facts, Standing

__all__ = ["WORDINGS", "Facts", "Judge", "Standing", "Weighed", "Wording", "standard_judge", "standard_wording"]
