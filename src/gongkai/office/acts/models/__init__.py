"""Acts and their chain, sequences of numbers, the outbox."""

from gongkai.office.acts.models.act import Act, Link
from gongkai.office.acts.models.mail import Mail
from gongkai.office.acts.models.sequence import Sequence

__all__ = ["Act", "Link", "Mail", "Sequence"]
