"""What an action of this app raises when it will not do what was asked."""

from django.utils.functional import Promise


class Refused(Exception):
    """A rule says no. `code` is for programs, `message` for the person, in her language."""

    def __init__(self, code: str, message: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
