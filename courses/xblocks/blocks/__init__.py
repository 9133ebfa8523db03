"""Our own blocks."""
