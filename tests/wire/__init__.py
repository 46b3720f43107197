"""Translation of values and records."""
