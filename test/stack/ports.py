"""Free TCP ports on loopback."""

import random
import socket
from pathlib import Path

_given: set[int] = set()


def free_port() -> int:
    """A port that nobody listens on, different at each call.

    It lies below the range that the kernel takes for outgoing connections: a server that is
    stopped and started again on its port must not find a client of somebody else there.
    """
    first_ephemeral = int(
        Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0]
    )
    for _ in range(200):
        port = random.randrange(12000, first_ephemeral) if first_ephemeral > 13000 else 0
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            port = probe.getsockname()[1]
        if port not in _given:
            _given.add(port)
            return port
    raise OSError("no free port on 127.0.0.1")


def accepts(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
