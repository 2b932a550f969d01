"""The app's resident memory over thousands of readings: python benchmarks/memory.py

Linux only: it reads /proc.
"""

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from digits import DIGITS, as_json  # noqa: E402
from serving import Server  # noqa: E402


def resident_megabytes(process: int) -> float:
    """Resident memory of a process, in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def main() -> None:
    """Read drawings as the page does and print the memory after every thousand."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--thousands", type=int, default=5)
    thousands = parser.parse_args().thousands
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "log")
        server.start()
        try:
            drawings = [as_json(strokes) for strokes in DIGITS.values()]
            print(f"{'readings':>9s}  resident MB")
            for count in range(1000 * thousands + 1):
                if count % 1000 == 0:
                    print(f"{count:9,}  {resident_megabytes(server.process.pid):.0f}", flush=True)
                assert server.read(drawings[count % 10])["digit"] == count % 10
        finally:
            server.stop()


if __name__ == "__main__":
    main()
