"""Every read of assessments that is longer than a line."""
