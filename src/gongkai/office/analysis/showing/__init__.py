"""What the page of a document shows, worked out from report and findings: plain values for the templates.

Findings are numbered from 1 in the order in which they are kept; the number is the same in the list, in the text, in
the tables, on the page pictures and in the address (``?finding=3``).
"""
