"""One ZooKeeper for the broker's metadata."""

from pathlib import Path

from .java import broker_jdk, command_line, write_properties
from .ports import accepts, free_port
from .process import Process

# log4j 1 syntax (reload4j): ZooKeeper and the broker.
LOG_SETTINGS = {
    "log4j.rootLogger": "INFO, out",
    "log4j.appender.out": "org.apache.log4j.ConsoleAppender",
    "log4j.appender.out.layout": "org.apache.log4j.PatternLayout",
    "log4j.appender.out.layout.ConversionPattern": "%d %p %m (%c)%n",
}


class ZooKeeper:
    def __init__(self, directory: Path, jars: Path, *, detached: bool = False):
        directory.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        config = write_properties(
            directory / "zookeeper.properties",
            {
                "dataDir": directory / "zookeeper-data",
                "clientPort": self.port,
                "clientPortAddress": "127.0.0.1",
                "maxClientCnxns": 0,
                "admin.enableServer": "false",
            },
        )
        log_config = write_properties(directory / "zookeeper-log4j.properties", LOG_SETTINGS)
        self.process = Process(
            "zookeeper",
            command_line(
                broker_jdk(),
                "256m",
                jars / "broker",
                "org.apache.zookeeper.server.quorum.QuorumPeerMain",
                config,
                f"-Dlog4j.configuration=file:{log_config}",
            ),
            directory,
            detached=detached,
        )

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def launch(self) -> None:
        self.process.start()

    def wait_ready(self) -> None:
        self.process.wait_ready(lambda: accepts(self.port))

    def stop(self) -> None:
        self.process.stop(seconds=10)
