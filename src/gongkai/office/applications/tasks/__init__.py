"""Jobs; imported by the worker, which looks for a module of this name in every app."""

from gongkai.office.applications.tasks import importing, papers, recomputing

__all__ = ["importing", "papers", "recomputing"]
