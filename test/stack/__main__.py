"""python test/stack up|down: a stack for a person or a shell script."""

import argparse
import json
import sys
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from stack.stack import Stack, stop_directory  # noqa: E402

SERVICES = ("postgres", "zookeeper", "kafka", "connect")


def up(arguments: argparse.Namespace) -> None:
    wanted = set(arguments.services.split(","))
    if unknown := wanted - set(SERVICES):
        raise ValueError(f"no service named {', '.join(sorted(unknown))}")
    stack = Stack(
        postgres="postgres" in wanted,
        kafka=bool(wanted & {"zookeeper", "kafka"}),
        connect="connect" in wanted,
        directory=arguments.dir,
        jars=arguments.jars,
        detached=True,
    )
    stack.start()
    print(json.dumps(stack.addresses(), indent=2))


def down(arguments: argparse.Namespace) -> None:
    stop_directory(arguments.dir.absolute())


def main() -> int:
    parser = argparse.ArgumentParser(prog="python test/stack", description=__doc__)
    commands = parser.add_subparsers(required=True)

    command = commands.add_parser("up", help="start services, print their addresses as JSON")
    command.add_argument("--dir", type=Path, help="empty or new directory; default: one below /tmp")
    command.add_argument("--jars", type=Path, help="default: build/jars of this checkout")
    command.add_argument(
        "--with",
        dest="services",
        default="postgres,zookeeper,kafka",
        metavar="LIST",
        help=f"comma-separated, of {','.join(SERVICES)}; default %(default)s",
    )
    command.set_defaults(run=up)

    command = commands.add_parser("down", help="stop and remove what `up` started")
    command.add_argument("--dir", type=Path, required=True)
    command.set_defaults(run=down)

    arguments = parser.parse_args()
    try:
        arguments.run(arguments)
    except (OSError, RuntimeError, ValueError) as error:
        print(f"stack: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
