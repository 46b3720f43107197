"""What was promised: how soon, by priority, and the arithmetic of it."""

from quarterdeck.desk.sla.clock import ALWAYS, Hours, due_at

__all__ = ["ALWAYS", "Hours", "due_at"]
