"""Bridges: equipment that speaks no MQTT, watched on the local network (design 3)."""
