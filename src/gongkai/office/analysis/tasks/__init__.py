"""Jobs; imported by the worker, which looks for a module of this name in every app."""

from gongkai.office.analysis.tasks import reading

__all__ = ["reading"]
