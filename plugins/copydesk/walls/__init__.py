"""What came instead of an article, told by the page itself: a test for robots, a paywall, a login, a consent dialog.

Conservative: a page is one of these only by several signs of structure and text, and when there is little else on it;
an article about captchas is an article. What servers say by status and redirects is `copydesk.fetch.access`.
"""

from copydesk.walls.decide import is_teaser
from copydesk.walls.judge import judged, wall_of_error
from copydesk.walls.terms import Term, terms_of

__all__ = ["Term", "is_teaser", "judged", "terms_of", "wall_of_error"]
