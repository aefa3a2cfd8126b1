"""History from other systems: a CSV file, a map of its columns, and what becomes of its rows."""
