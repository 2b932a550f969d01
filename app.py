"""Open the demo: python app.py"""

import argparse
import errno
import gc
import os
import signal
import socket
import sys
import tempfile

# Before Gradio is imported: it phones home otherwise.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
# Set before NumPy is imported: one BLAS thread, since more compete with those that read.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# How long a thread waits for the interpreter beside a busy one: then a pass of the network, 0.6 ms
# alone, takes 0.8 ms, and 5.8 ms with Python's 0.005.
SWITCH_INTERVAL_S = 0.0001


def main() -> None:
    """Load the model, put the page together and serve it."""
    port = chosen_port()  # before Gradio is imported, which reads it and says less
    check_address(port)
    # Not into the home folder, and before Matplotlib is imported.
    os.environ.setdefault("MPLCONFIGDIR", os.path.join(temporary_folder(), "draw-a-digit"))
    from demo.page import create_page, launch_options
    from demo.server.activity_log import limit_tracebacks, log_activity
    from demo.server.limits import allow_many_connections
    from demo.server.priority_queue import Queues
    from mnist_model import MicroBatcher, load_classifier
    from mnist_model.read.classifier import DEFAULT

    parser = argparse.ArgumentParser(description="Draw digits and watch a network read them.")
    parser.add_argument("--recipe", default=DEFAULT, help="the trained model that reads")
    parser.add_argument("--open", action="store_true", help="open the page in a browser")
    parser.add_argument("--log", action="store_true", help="a line for each second with readings")
    arguments = parser.parse_args()

    sys.setswitchinterval(SWITCH_INTERVAL_S)
    signal.signal(signal.SIGTERM, end)
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:  # as it is in the background
        signal.signal(signal.SIGINT, end)
    limit_tracebacks()
    allow_many_connections()
    classifier = load_classifier(arguments.recipe)
    batcher = MicroBatcher(classifier)
    queues = Queues(batcher)
    page = create_page(classifier, batcher, queues)
    if arguments.log:
        log_activity(batcher)  # before the first drawing comes
    _, address, _ = page.launch(
        server_port=port,  # the address is GRADIO_SERVER_NAME, else 127.0.0.1
        inbrowser=arguments.open and has_screen(),
        quiet=True,
        prevent_thread_lock=True,
        **launch_options(classifier, batcher, queues),
    )
    # The activity log has standard output to itself.
    where = sys.stderr if arguments.log else sys.stdout
    print(f"Draw at {address} - Ctrl+C ends it.", file=where, flush=True)
    gc.collect()
    gc.freeze()  # else each full collection looks at all of Gradio, and stops the pens for 0.1 s
    try:
        page.block_thread()
    finally:
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


def check_address(port: int | None) -> None:
    """Raise ValueError if nothing can be served at GRADIO_SERVER_NAME and ``port``.

    Gradio blames the port for a wrong address, and speaks of a range of ports where one is taken.
    """
    name = os.environ.get("GRADIO_SERVER_NAME") or "127.0.0.1"
    try:
        family, *_, (host, *_) = socket.getaddrinfo(name.strip("[]"), 0, type=socket.SOCK_STREAM)[0]
        bind(family, host, 0)
    except (OSError, UnicodeError):
        raise ValueError(
            "GRADIO_SERVER_NAME is an address of this machine, such as 127.0.0.1 or 0.0.0.0, "
            f"not {name!r}."
        ) from None
    if port is None:
        return
    try:
        bind(family, host, port)
        bind(socket.AF_INET, "127.0.0.1", port)  # where Gradio looks, too
    except OSError as error:
        is_taken = error.errno == errno.EADDRINUSE
        why = "is taken" if is_taken else f"cannot be used ({error.strerror})"
        raise ValueError(f"Port {port} {why}. Name another one in GRADIO_SERVER_PORT.") from None


def bind(family: int, host: str | int, port: int) -> None:
    """Take a port for a moment; OSError if it cannot be had."""
    with socket.socket(family) as probe:
        if sys.platform != "win32":  # there it would allow a port that is taken
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def temporary_folder() -> str:
    """The folder for temporary files; OSError, with a sentence, if none can be written to."""
    try:
        return tempfile.gettempdir()
    except OSError:
        raise OSError(
            "Gradio needs a folder to write to, and none is writable. Name one in TMPDIR; in a "
            "container, docker run --tmpfs /tmp makes one."
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
