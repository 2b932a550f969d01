"""A command line made from functions: each is a command, each of its parameters an option."""

import argparse
import inspect
import typing
from collections.abc import Callable


def run(description: str, *commands: Callable) -> None:
    """Run the command that the command line names, with the options that it gives.

    An option's type is the annotation of its parameter: ``tuple[str, ...]`` takes several words, a
    ``bool`` is a switch. An option without a default is required.
    """
    parser = argparse.ArgumentParser(description=description)
    choices = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in commands:
        text = inspect.getdoc(command) or ""
        choice = choices.add_parser(command.__name__, help=text.split("\n")[0], description=text)
        choice.set_defaults(command=command)
        for option in inspect.signature(command).parameters.values():
            settings: dict = {"default": option.default}
            if option.default is option.empty:
                settings = {"required": True}
            if option.annotation is bool:
                settings["action"] = "store_true"
            elif words := typing.get_args(option.annotation):
                settings |= {"type": words[0], "nargs": "+"}
            else:
                settings["type"] = option.annotation
            choice.add_argument(f"--{option.name.replace('_', '-')}", **settings)
    arguments = vars(parser.parse_args())
    try:
        arguments.pop("command")(**arguments)
    except (OSError, ValueError) as error:
        parser.exit(1, f"{parser.prog}: {error}\n")
