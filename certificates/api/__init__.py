"""JSON for the holder and for outside verifiers."""
