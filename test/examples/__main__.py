"""make examples: four use cases, each against a private PostgreSQL, ZooKeeper and Kafka.

    python test/examples stock --transactions 500
"""

import argparse
import sys
from pathlib import Path

TEST = Path(__file__).resolve().parents[1]
sys.path[1:1] = [str(TEST), str(TEST / "integration")]

from examples.check import CopyDiffers  # noqa: E402
from examples.run import NAMES, run  # noqa: E402
from examples.transactions import DeliveryBroken  # noqa: E402
from stack import Stack  # noqa: E402
from stack.process import ProcessFailed  # noqa: E402


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python test/examples", description=__doc__.splitlines()[0]
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES) + "; all of them")
    parser.add_argument("--transactions", type=int, default=300, help="default: %(default)s")
    parser.add_argument(
        "--seed", type=int, default=1, help="the same number makes the same changes"
    )
    options = parser.parse_args()
    if unknown := [name for name in options.names if name not in NAMES]:
        parser.error(f"no example {', '.join(unknown)}; there are {', '.join(NAMES)}")
    return options


def run_all(options: argparse.Namespace) -> int:
    """How many of them failed."""
    failed = 0
    with Stack(postgres=True, kafka=True) as stack:
        for name in options.names or NAMES:
            try:
                verdict = run(stack, stack.directory, name, options.transactions, options.seed)
                print(verdict, flush=True)
            except (CopyDiffers, DeliveryBroken, TimeoutError) as problem:
                failed += 1
                print(f"{name}: FAILED: {problem}", flush=True)
    return failed


def main() -> int:
    options = parse_arguments()
    try:
        return 1 if run_all(options) else 0
    except (ProcessFailed, OSError, RuntimeError) as error:
        print(f"examples: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("examples: interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
