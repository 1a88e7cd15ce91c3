"""The one way to say no to a person."""

from __future__ import annotations


class Refusal(Exception):
    """A person's mistake or a rule that forbids the step.

    The sentence is Chinese, complete, and says what to do next; it is shown as it
    stands. `field` ties it to a form field, `status` is the answer's HTTP status.
    """

    def __init__(self, sentence: str, *, field: str | None = None, status: int = 409) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.status = status
