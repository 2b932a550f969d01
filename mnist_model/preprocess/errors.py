"""Errors for users."""


class UserError(ValueError):
    """An error with a sentence for the user: what is wrong, and what is allowed.

    Any other ValueError is a fault of the program.
    """
