"""``python -m susul``."""

from susul.cli import main

main()
