"""What ``rumskoll decode`` does: one message or frame by itself, and what it means."""
