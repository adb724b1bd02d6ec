"""Jobs; imported by the worker, which looks for a module of this name in every app."""

from gongkai.office.acts.tasks import attachments, mail, work

__all__ = ["attachments", "mail", "work"]
