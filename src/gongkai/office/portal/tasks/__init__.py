"""Jobs; imported by the worker, which looks for a module of this name in every app."""

from gongkai.office.portal.tasks import expiring

__all__ = ["expiring"]
