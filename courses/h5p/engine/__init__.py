"""H5P packages as plain Python: reading them from people we do not know, judging, cleaning, writing."""
