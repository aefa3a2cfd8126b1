"""The board: web pages, rendered here, kept live by fetching the same fragments again."""
