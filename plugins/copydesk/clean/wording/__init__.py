"""Know what a site wrapped around an article by a line's words as a whole, where no rule foresaw the phrase."""

from copydesk.clean.wording.judge import WORDINGS, Wording, standard_wording

__all__ = ["WORDINGS", "Wording", "standard_wording"]
