"""Pages of assessments."""
