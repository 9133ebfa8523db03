"""JSON of assessments."""
