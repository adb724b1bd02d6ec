"""Data in a file that its reader does not see: who wrote it, what was deleted, hidden sheets, places of photographs.

One file per family of formats. Each is a generator of findings over the bytes; ``inspection`` runs them in a process
with limits of its own, so that no file, however made, holds up or ends the office.
"""
