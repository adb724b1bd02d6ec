"""Files that people attach: told by their content, kept once and unchanged, scanned, looked through for hidden data.

Without Django, but for ``serving``. The records are in ``models.attachment``, the verbs in ``services.attachments``.
"""
