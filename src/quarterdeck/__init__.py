"""An open, self-hosted service desk for managed service providers."""
