"""The app."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """The report reader of the core behind an upload button."""

    name = "gongkai.office.analysis"
    label = "analysis"
    verbose_name = "分析"
