"""Vendors: data and manners only."""
