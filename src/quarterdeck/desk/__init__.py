"""The desk: what a service provider does. No HTTP, no vendor, no HTML."""
