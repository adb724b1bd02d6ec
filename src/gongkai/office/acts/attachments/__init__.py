"""Files that people attach: told by their content, kept once and unchanged, scanned, looked through for hidden data.

Everything in this folder is pure (no Django); the records and verbs are in ``acts.models.attachment`` and
``acts.services.attachments``.
"""
