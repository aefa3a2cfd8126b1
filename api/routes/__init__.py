"""The routes, one file per subject; ``api.app`` registers each with one line."""
