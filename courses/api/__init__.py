"""JSON for players, offline copies and other systems."""
