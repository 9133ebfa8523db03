"""What plays a package: its page, its files, and how its words are understood."""
