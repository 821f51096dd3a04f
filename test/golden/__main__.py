"""Golden files: what the real Debezium wrote, held by Outflow without a JVM.

    python test/golden check [NAME…]      compares; NAME is SET-CASE, default: all there are
    python test/golden capture [NAME…]    captures them anew from the real connector
"""

import argparse
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[0:1] = [str(REPOSITORY / directory) for directory in ("test", "test/integration")]

from golden.capture import capture  # noqa: E402
from golden.golden import Golden, all_goldens, by_options, parse  # noqa: E402
from golden.replay import difference, replay  # noqa: E402
from stack import Stack  # noqa: E402


def check(goldens: list[Golden]) -> bool:
    """A line for each in the words of pg_regress, so that test/check counts them with it."""
    failed = 0
    with Stack(postgres={"settings": {"max_connections": 20}}) as stack:
        for options_name, chosen in by_options(goldens).items():
            records = replay(stack.postgres, stack.directory, options_name, chosen)
            for golden in chosen:
                found = difference(golden, records)
                failed += found is not None
                print(f"test golden {golden.name:<44} ... {'FAILED' if found else 'ok'}")
                if found:
                    print(f"  {golden.path}: {found}")
    print(f"golden: {len(goldens) - failed} of {len(goldens)} as Debezium wrote them")
    return failed == 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python test/golden", description=__doc__.split("\n")[0])
    parser.add_argument("verb", choices=("check", "capture"))
    parser.add_argument("names", nargs="*", metavar="SET-CASE")
    arguments = parser.parse_args()
    try:
        goldens = [parse(name) for name in arguments.names] or all_goldens()
        if arguments.verb == "check":
            return 0 if check(goldens) else 1
        capture(goldens, REPOSITORY / "docker/.env")
        return 0
    except (OSError, RuntimeError, ValueError) as error:
        print(f"golden: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
