"""Questions to whoever sits at the terminal."""

from collections.abc import Callable
from typing import TypeVar

from guide.problems import RefusedError

Answer = TypeVar("Answer")


def ask(question: str, accept: Callable[[str], Answer], preset: str = "") -> Answer:
    """What `accept` makes of the answer; asks again where it refuses. Return gives `preset`."""
    shown = f"{question} [{preset}]: " if preset else f"{question}: "
    while True:
        try:
            return accept(input(shown).strip() or preset)
        except RefusedError as refused:
            print(refused)
