"""Acts and their chain, sequences of numbers, the outbox, attachments, work in the background."""

from gongkai.office.acts.models.act import Act, Link
from gongkai.office.acts.models.attachment import Attachment, StoredFile
from gongkai.office.acts.models.mail import Mail
from gongkai.office.acts.models.sequence import Sequence
from gongkai.office.acts.models.work import Work

__all__ = ["Act", "Attachment", "Link", "Mail", "Sequence", "StoredFile", "Work"]
