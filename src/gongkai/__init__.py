"""Gongkai (公开): read, check, render and roll up China's annual reports on government information disclosure.

The package imports nothing heavy by itself: ``gongkai.reading.open`` and ``gongkai.checks.run`` are the two doors.
"""

__version__ = "0.1.0"
