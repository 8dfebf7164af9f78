"""`python -m designer`: the command line."""

import sys

from designer.cli import main

if __name__ == "__main__":
    sys.exit(main())
