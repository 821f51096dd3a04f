"""The JDKs on this machine and the command line of a JVM."""

import os
import re
import shutil
from pathlib import Path

# Kafka 3.9 runs up to this one; later JDKs took away what its security code calls.
NEWEST_FOR_BROKER = 21


def _homes() -> list[Path]:
    homes = list(Path("/usr/lib/jvm").glob("*"))
    if os.environ.get("JAVA_HOME"):
        homes.append(Path(os.environ["JAVA_HOME"]))
    if command := shutil.which("java"):
        homes.append(Path(command).resolve().parents[1])
    return [home for home in homes if (home / "bin/java").exists() and (home / "release").exists()]


def major_version(home: Path) -> int:
    match = re.search(r'^JAVA_VERSION="(\d+)', (home / "release").read_text(), re.M)
    return int(match[1]) if match else 0


def newest_jdk(at_most: int = 10**6) -> Path:
    homes = [home for home in _homes() if 17 <= major_version(home) <= at_most]
    if not homes:
        raise RuntimeError("no JDK 17 or newer found: run `make deps` or set JAVA_HOME")
    return max(homes, key=major_version)


def broker_jdk() -> Path:
    try:
        return newest_jdk(NEWEST_FOR_BROKER)
    except RuntimeError:
        return newest_jdk()


def command_line(
    jdk: Path, heap: str, class_path: Path, main: str, config: Path, *options: str
) -> list[str]:
    if not class_path.is_dir():
        raise RuntimeError(f"{class_path} is missing: run `make deps`")
    return [
        str(jdk / "bin/java"),
        f"-Xmx{heap}",
        "-XX:+UseG1GC",
        "-XX:+ExitOnOutOfMemoryError",
        *options,
        "-cp",
        f"{class_path}/*",
        main,
        str(config),
    ]


def write_properties(path: Path, properties: dict[str, object]) -> Path:
    path.write_text("".join(f"{key}={value}\n" for key, value in properties.items()))
    return path
