"""Canned replies."""

from quarterdeck.desk.replies.records import Category, Reply

__all__ = ["Category", "Reply"]
