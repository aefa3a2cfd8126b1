"""Grafana dashboards over the derived series (design 5), and what generates them.

``build.py`` lists the dashboards; each has a file of its own. What Grafana reads is committed
beside them as ``sv/*.json`` and ``en/*.json`` (docs/decisions/0023-dashboards.md).
"""
