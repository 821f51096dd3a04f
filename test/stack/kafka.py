"""One Kafka broker in ZooKeeper mode."""

from pathlib import Path

from .java import broker_jdk, command_line, write_properties
from .ports import accepts, free_port
from .process import Process
from .zookeeper import LOG_SETTINGS, ZooKeeper


class Kafka:
    def __init__(
        self,
        directory: Path,
        jars: Path,
        zookeeper: ZooKeeper,
        *,
        heap: str = "512m",
        settings: dict[str, object] | None = None,
        detached: bool = False,
    ):
        directory.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        config = write_properties(
            directory / "kafka.properties",
            {
                "broker.id": 0,
                "listeners": f"PLAINTEXT://{self.bootstrap}",
                "zookeeper.connect": zookeeper.address,
                "log.dirs": directory / "kafka-data",
                "num.partitions": 1,
                "default.replication.factor": 1,
                "min.insync.replicas": 1,
                "offsets.topic.replication.factor": 1,
                "offsets.topic.num.partitions": 4,
                "transaction.state.log.replication.factor": 1,
                "transaction.state.log.min.isr": 1,
                "transaction.state.log.num.partitions": 4,
                "group.initial.rebalance.delay.ms": 0,
                # A record may carry an old timestamp, and is gone 30 s after the start otherwise.
                "log.retention.ms": -1,
                **(settings or {}),
            },
        )
        log_config = write_properties(directory / "kafka-log4j.properties", LOG_SETTINGS)
        self.process = Process(
            "kafka",
            command_line(
                broker_jdk(),
                heap,
                jars / "broker",
                "kafka.Kafka",
                config,
                f"-Dlog4j.configuration=file:{log_config}",
            ),
            directory,
            detached=detached,
        )

    @property
    def bootstrap(self) -> str:
        return f"127.0.0.1:{self.port}"

    def launch(self) -> None:
        self._log_start = len(self.process.log())
        self.process.start()

    def wait_ready(self) -> None:
        self.process.wait_ready(
            lambda: accepts(self.port)
            and "started (kafka.server.KafkaServer)" in self.process.log()[self._log_start :]
        )

    def start(self) -> None:
        self.launch()
        self.wait_ready()

    def stop(self) -> None:
        self.process.stop(seconds=20)
