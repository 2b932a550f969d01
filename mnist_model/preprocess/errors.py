"""The errors that a user can act on."""


class UserError(ValueError):
    """An error whose text is a sentence for the user: the fault, and what is allowed.

    Any other ValueError is a fault of the program.
    """
