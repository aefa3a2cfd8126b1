"""Backups of an installation: one archive file, made while the service runs (docs/decisions/0025).

``make`` writes one, ``restore`` fills an empty installation from one; ``archive`` is how it
lies in the file, the other files say what is taken along and how.
"""
