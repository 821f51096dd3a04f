"""A topic of one run: made, watched while it grows, counted and deleted."""

from types import TracebackType

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

_BATCH = 20_000


class Topic:
    """One partition, so that both rivals write one log."""

    def __init__(self, bootstrap: str, name: str):
        self.name = name
        self._bootstrap = bootstrap
        self._admin = AdminClient({"bootstrap.servers": bootstrap})
        self._watcher = self._consumer("read_uncommitted")
        self._admin.create_topics([NewTopic(name, 1, 1)])[name].result(30)

    def __enter__(self) -> "Topic":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._watcher.close()
        self._admin.delete_topics([self.name])[self.name].result(30)

    def end(self) -> int:
        """Offset behind the last record, committed or not; transaction markers count too."""
        try:
            return self._watcher.get_watermark_offsets(TopicPartition(self.name, 0), timeout=10)[1]
        except KafkaException as error:
            # A broker tells of a new topic a moment after it has made it.
            if error.args[0].code() in _NOT_YET:
                return 0
            raise

    def committed_records(self) -> tuple[int, float]:
        """Number of records that a read_committed consumer gets; mean bytes of a value."""
        end, records, value_bytes = self.end(), 0, 0
        consumer = self._consumer("read_committed")
        consumer.assign([TopicPartition(self.name, 0, 0)])
        try:
            while True:
                batch = consumer.consume(_BATCH, timeout=0.5)
                for message in batch:
                    if message.error():
                        if message.error().code() == KafkaError._PARTITION_EOF:
                            return records, value_bytes / max(records, 1)
                        raise KafkaException(message.error())
                    records += 1
                    value_bytes += len(message.value() or b"")
                if not batch and consumer.position([TopicPartition(self.name, 0)])[0].offset >= end:
                    return records, value_bytes / max(records, 1)
        finally:
            consumer.close()

    def _consumer(self, isolation: str) -> Consumer:
        return Consumer(
            {
                "bootstrap.servers": self._bootstrap,
                "group.id": "bench",
                "enable.auto.commit": False,
                "auto.offset.reset": "earliest",
                "isolation.level": isolation,
                "enable.partition.eof": True,
            }
        )


_NOT_YET = (
    KafkaError.UNKNOWN_TOPIC_OR_PART,
    KafkaError._UNKNOWN_PARTITION,
    KafkaError._UNKNOWN_TOPIC,
    KafkaError.LEADER_NOT_AVAILABLE,
    KafkaError.NOT_LEADER_FOR_PARTITION,
)
