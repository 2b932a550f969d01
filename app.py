"""Open the demo: python app.py"""

import argparse
import os
import sys

# Before Gradio is imported: it phones home otherwise.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

from demo.page import create_page, launch_options
from mnist_model import load_classifier
from mnist_model.recipes import DEFAULT


def main() -> None:
    """Load the model, put the page together and serve it."""
    parser = argparse.ArgumentParser(description="Draw digits and watch a network read them.")
    parser.add_argument("--recipe", default=DEFAULT, help="the trained model that reads")
    parser.add_argument("--open", action="store_true", help="open the page in a browser")
    arguments = parser.parse_args()

    classifier = load_classifier(arguments.recipe)
    page = create_page(classifier)
    # Where it listens: GRADIO_SERVER_NAME and GRADIO_SERVER_PORT, else 127.0.0.1 from 7860 on.
    page.launch(inbrowser=arguments.open and has_screen(), **launch_options())


def has_screen() -> bool:
    """Whether a browser window could open here; without one, a text browser might."""
    return sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        sys.exit(f"app.py: {error}")
