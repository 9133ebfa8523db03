"""`python -m courses.h5p`: see `engine/command.py`."""

import sys

from courses.h5p.engine.command import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
