"""What runs when nobody waits for it."""

from quarterdeck.worker.run import Runner

__all__ = ["Runner"]
