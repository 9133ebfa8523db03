"""Reads of the indicator."""
