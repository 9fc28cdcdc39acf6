"""What a form says of a field beforehand."""


class HasToBeSaid(str):
    """A sentence beside a field that may stay empty elsewhere, and has to be filled in here."""

    __slots__ = ()
