"""The indicator for programs."""
