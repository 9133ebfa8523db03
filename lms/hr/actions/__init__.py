"""Writes: files taken out."""
