"""Why a run cannot begin or go on."""


class CannotRun(Exception):
    """One line, in the user's language, that says why and what to do."""
