"""Why a file is not accepted."""


class NotAccepted(Exception):
    """The file stays outside. `code` is for programs; `detail` names what was found."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
