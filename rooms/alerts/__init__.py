"""Who is told what, and when (design 7)."""
