"""The blocks that assessments brings to units."""
