"""H5P in the studio: libraries, downloads, and words for what the engine finds."""
