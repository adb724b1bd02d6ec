"""``python -m gongkai``: the command line, where the script ``gongkai`` is not on the path."""

from gongkai.cli import main

if __name__ == "__main__":
    main()
