"""Statements are issued without PDF and XLSX."""

from tests.unit.statement.papers import _papers

__all__ = ["_papers"]
