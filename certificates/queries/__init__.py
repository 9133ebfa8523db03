"""Reads: who is due, who holds what, what a certificate states, what an outsider may know."""
