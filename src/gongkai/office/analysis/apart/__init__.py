"""Work on strangers' files in a process apart: bounded in time and memory, without secrets; its death is an answer.

``reader`` is the office's side, ``child`` the process, ``answers`` what it can do. Nothing here knows Django: the child
starts in a tenth of a second and holds neither settings nor a way to the database.
"""
