"""Pages of hr."""
