"""Writes: issue, revoke, keep the file, keep the register."""
