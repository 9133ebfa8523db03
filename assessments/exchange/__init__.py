"""Questions from and for other systems: one reader and one writer per format. Plain Python, no Django.

What each format can hold stands in docs/how-to/move-questions.md.
"""
