"""Files that people attach: told by content, kept once, as they came and encrypted, scanned, searched for hidden data.

Without Django, but for ``serving``. The records are in ``models.attachment``, the verbs in ``services.attachments``.
"""
