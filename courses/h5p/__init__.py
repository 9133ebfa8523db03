"""H5P in Python: read, keep, play, record and write H5P content. See README.md.

A Django app of its own that imports nothing of the platform around it; `engine/` needs no Django at all.
"""
