"""Acts and their chain, sequences of numbers."""

from gongkai.office.acts.models.act import Act, Link
from gongkai.office.acts.models.sequence import Sequence

__all__ = ["Act", "Link", "Sequence"]
