"""Measures the collector against bare subscribers; see docs/performance.md."""
