"""What a command says on the terminal, and how it refuses."""

import sys


class Refusal(Exception):
    """Ends the command with a sentence for its user and exit code 1."""

    def __init__(self, message: str, *, next_step: str = "") -> None:
        super().__init__(message)
        self.message, self.next_step = message, next_step


def say(line: str = "") -> None:
    """One line, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def complain(message: str, next_step: str = "") -> None:
    """A refusal on the error channel."""
    sys.stderr.write(f"teladan: {message}\n")
    if next_step:
        sys.stderr.write(f"         {next_step}\n")
    sys.stderr.flush()
