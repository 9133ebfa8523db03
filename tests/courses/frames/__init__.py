"""Framed blocks on the player host."""
