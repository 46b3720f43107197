"""What the desk knows."""

from quarterdeck.desk.knowledge.records import Article

__all__ = ["Article"]
