"""Statements as files, issued and checked."""
