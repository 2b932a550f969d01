"""Open the demo: python app.py"""

import argparse
import os
import signal
import socket
import sys
import tempfile

# Before Gradio is imported: it phones home otherwise.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
# Before TensorFlow is: one thread explains, and another core is left to others.
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
# Before NumPy is: its threads would wait for each other beside those that read and explain.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Before Keras and what it imports are: they would write into the home folder.
os.environ.setdefault("KERAS_HOME", os.devnull)
os.environ.setdefault("MPLCONFIGDIR", os.path.join(tempfile.gettempdir(), "draw-a-digit"))

EXPLANATIONS = "EXPLANATIONS"  # the variable; --explanations goes before it


def main() -> None:
    """Load the model, put the page together and serve it."""
    port = chosen_port()  # before Gradio is imported, which reads it and says less
    check_address()
    # Not at the top: the process that explains starts from this file, and serves no page.
    from demo.activity_log import limit_tracebacks, log_activity
    from demo.explainer import STARTS, Explainer
    from demo.limits import allow_many_connections
    from demo.page import create_page, launch_options
    from mnist_model import MicroBatcher, load_classifier
    from mnist_model.classifier import DEFAULT

    parser = argparse.ArgumentParser(description="Draw digits and watch a network read them.")
    parser.add_argument("--recipe", default=DEFAULT, help="the trained model that reads")
    parser.add_argument("--open", action="store_true", help="open the page in a browser")
    parser.add_argument("--log", action="store_true", help="a line for each second with readings")
    parser.add_argument(
        "--explanations",
        choices=STARTS,
        default=os.environ.get(EXPLANATIONS) or STARTS[0],
        help="when the process that explains starts, with TensorFlow's half gigabyte; "
        f"without it ${EXPLANATIONS}, or else {STARTS[0]}",
    )
    arguments = parser.parse_args()
    if arguments.explanations not in STARTS:  # argparse does not check a default
        parser.error(f"{EXPLANATIONS} is one of {', '.join(STARTS)}.")

    signal.signal(signal.SIGTERM, end)
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:  # as it is in the background
        signal.signal(signal.SIGINT, end)
    limit_tracebacks()
    allow_many_connections()
    classifier = load_classifier(arguments.recipe)
    batcher = MicroBatcher(classifier)
    explainer = Explainer(classifier, arguments.explanations)
    page = create_page(classifier, batcher, explainer)
    if arguments.log:
        log_activity(batcher)  # before the first drawing comes
    _, address, _ = page.launch(
        server_port=port,  # the address is GRADIO_SERVER_NAME, else 127.0.0.1
        inbrowser=arguments.open and has_screen(),
        quiet=True,
        prevent_thread_lock=True,
        **launch_options(classifier, batcher),
    )
    where = (
        sys.stderr if arguments.log else sys.stdout
    )  # where the activity log goes, nothing else does
    print(f"Draw at {address} - Ctrl+C ends it.", file=where, flush=True)
    try:
        page.block_thread()
    finally:
        explainer.close()
        page.close(verbose=False)


def end(number: int, _: object) -> None:
    """End when asked to: by a container engine without an error, by Ctrl+C as shells expect it."""
    sys.exit(130 if number == signal.SIGINT else 0)


def chosen_port() -> int | None:
    """The port asked for in GRADIO_SERVER_PORT; None for the first free one from 7860 on.

    Gradio reads the variable itself, but then takes another port where that one is taken.
    """
    port = os.environ.get("GRADIO_SERVER_PORT")
    if not port:
        return None
    if not (port.isdecimal() and 0 < int(port) < 2**16):
        raise ValueError(f"GRADIO_SERVER_PORT is a whole number from 1 to 65535, not {port!r}.")
    return int(port)


def check_address() -> None:
    """Raise ValueError if GRADIO_SERVER_NAME is no address to serve at: Gradio blames the port."""
    name = os.environ.get("GRADIO_SERVER_NAME") or "127.0.0.1"
    try:
        family, *_, address = socket.getaddrinfo(name.strip("[]"), 0, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.bind(address)
    except (OSError, UnicodeError):
        raise ValueError(
            "GRADIO_SERVER_NAME is an address of this machine, such as 127.0.0.1 or 0.0.0.0, "
            f"not {name!r}."
        ) from None


def has_screen() -> bool:
    """Whether a browser window could open here; without one, a text browser might."""
    return sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


if __name__ == "__main__":
    try:
        main()
    except (OSError, ValueError) as error:
        sys.exit(f"app.py: {error}")
