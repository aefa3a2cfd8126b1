"""Grafana dashboards over the derived series, and what generates them.

Empty so far: the series ``room_slot`` that they will draw is written already
(``collector/rollup_slots.py``, docs/decisions/0011-room-slot.md).
"""
