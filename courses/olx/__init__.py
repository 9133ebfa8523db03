"""OLX, the open format of courses: reading it, and the outline that comes out. Plain Python, no Django."""
