"""``rumskoll init``: a few questions, then the files of a new installation.

asking -> questions (checked by checks) -> files -> writing
"""
