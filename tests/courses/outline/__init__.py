"""Changing a module's tree."""
