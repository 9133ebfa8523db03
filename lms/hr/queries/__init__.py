"""Reads: certificate records, what files hold, staff lists."""
