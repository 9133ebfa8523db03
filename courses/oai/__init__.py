"""OAI-PMH 2.0 in plain Python: reading requests and writing answers."""
