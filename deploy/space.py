"""Put the app on Hugging Face: python deploy/space.py owner/name

It makes the Space if there is none, and uploads what the app needs in one commit. A `git push`
would be refused, because the history holds binary files. Files that are no longer here are deleted
there. Log in before: `hf auth login`, or a token that may write in HF_TOKEN.
"""

import argparse
import re
import sys
from pathlib import Path

from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi
from huggingface_hub.errors import HfHubHTTPError, LocalTokenNotFoundError
from huggingface_hub.utils import disable_progress_bars

ConnectionFailed = HfHubHTTPError.__bases__[
    0
]  # of httpx or httpx2: huggingface_hub's versions differ
ROOT = Path(__file__).parent.parent
FILES = ("README.md", "LICENSE", "app.py", "requirements.txt")
FOLDERS = ("assets", "demo", "mnist_model")
LEFT_OUT = {".png", ".webp", ".npz", ".pyc"}  # pictures are for documents
UNUSED = ("-quick", "-shown", "teacher")  # networks that the page does not read with
KEPT = ".gitattributes"  # the Hub's own


def needed(root: Path = ROOT) -> dict[str, Path]:
    """The files that the app needs, by their names in the Space, and those that README.md shows."""
    readme = (root / "README.md").read_text("utf-8")
    found = [root / name for name in (*FILES, *re.findall(r"!\[[^]]*\]\(([^)]+)\)", readme))]
    for folder in FOLDERS:
        for path in (root / folder).rglob("*"):
            parts = path.relative_to(root).parts
            is_ours = not any(part.startswith((".", "__py")) for part in parts)
            is_used = not any(part.endswith(UNUSED) for part in parts)
            if path.is_file() and is_ours and is_used and path.suffix not in LEFT_OUT:
                found.append(path)
    return {path.relative_to(root).as_posix(): path for path in sorted(set(found))}


def upload(api: HfApi, space: str, files: dict[str, Path]) -> str:
    """Make ``files`` all that the Space holds, in one commit; a sentence about what was done."""
    api.whoami()  # a wrong token is told before anything is made
    home = api.create_repo(space, repo_type="space", space_sdk="gradio", exist_ok=True)
    there = set(api.list_repo_files(space, repo_type="space"))
    gone = sorted(there - files.keys() - {KEPT})
    operations = [
        *[CommitOperationAdd(name, path) for name, path in files.items()],
        *[CommitOperationDelete(name) for name in gone],
    ]
    api.create_commit(space, operations, commit_message="Upload the app", repo_type="space")
    return f"Uploaded {told(files)} and deleted {len(gone)}. The Space: {home}"


def told(files: dict[str, Path]) -> str:
    """Their number and size."""
    size = sum(path.stat().st_size for path in files.values())
    return f"{len(files)} files ({size / 1e6:.1f} MB)"


def main() -> None:
    """Upload, or list what would be uploaded."""
    parser = argparse.ArgumentParser(description="Put the app on Hugging Face.")
    parser.add_argument("space", help="owner/name")
    parser.add_argument("--dry-run", action="store_true", help="list the files, and send nothing")
    arguments = parser.parse_args()
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", arguments.space):
        sys.exit("Name the Space by its owner and its name: make space SPACE=owner/name")
    files = needed()
    if arguments.dry_run:
        for name, path in files.items():
            print(f"{path.stat().st_size:>10,}  {name}")
        print(f"{told(files)} would be uploaded to {arguments.space}.")
        return
    disable_progress_bars()
    try:
        print(upload(HfApi(), arguments.space, files))
    except LocalTokenNotFoundError:
        sys.exit(
            "Log in to Hugging Face first: `.venv/bin/hf auth login`, or name a token that may "
            "write in the variable HF_TOKEN."
        )
    except HfHubHTTPError as error:
        sys.exit(f"Hugging Face refused it: {error.server_message or error}")
    except (ConnectionFailed, OSError) as error:
        sys.exit(f"Hugging Face could not be reached: {error}")


if __name__ == "__main__":
    main()
