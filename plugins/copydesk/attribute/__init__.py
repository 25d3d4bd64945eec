"""Work out who wrote an article and who published it, before anything is taken off."""

from copydesk.attribute.decide import attribute

__all__ = ["attribute"]
