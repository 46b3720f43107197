"""Duplicates, and how two records become one."""

from quarterdeck.desk.aliases import Merge

__all__ = ["Merge"]
