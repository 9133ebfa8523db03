"""Every write of courses."""
