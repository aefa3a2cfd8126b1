"""The commands of ``rumskoll``, one file per group."""
