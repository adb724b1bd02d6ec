"""Jobs; imported by the worker, which looks for a module of this name in every app."""

from gongkai.office.acts.tasks import mail

__all__ = ["mail"]
