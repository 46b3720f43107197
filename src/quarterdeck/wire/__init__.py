"""Translation: one value, one record. Pure: no HTTP, no SQL."""
