"""Duplicates, and how two records become one."""

from quarterdeck.desk.merging.records import Merge

__all__ = ["Merge"]
