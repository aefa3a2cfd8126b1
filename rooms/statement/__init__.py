"""From used time to money, so that a partner can check it (metrics.md 4).

``inputs`` is all that a statement depends on, ``compute`` makes the ``document`` of it, and
nothing else does: what is stored can be computed again, byte for byte.
"""
