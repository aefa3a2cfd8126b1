"""The arithmetic of cost sharing: exact, and rounded once (metrics.md 4)."""
