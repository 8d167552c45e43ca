"""Writing what a user asked for: whole or not at all, never over what is there."""

from __future__ import annotations

import os
from pathlib import Path

from reader.cli.session import CliError


def write_new(file: Path, text: str) -> None:
    """Write `text` in UTF-8 to a new file that only the user may read. Raises CliError, with no file left, where that fails."""
    if os.path.lexists(file):
        raise CliError(f"{file}: is there already; name another file, or move it away")
    scratch = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        os.link(scratch, file)
    except OSError as error:
        raise CliError(f"{file}: cannot be written ({error.strerror}); check the folder") from error
    finally:
        scratch.unlink(missing_ok=True)
