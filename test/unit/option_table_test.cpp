#include "core/option_table.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace outflow::core {
namespace {

OptionSpec spec_of(std::string_view name) {
    const OptionSpec *spec = find_option(name);
    return spec == nullptr ? OptionSpec{} : *spec;
}

TEST(OptionTable, ListsEachPropertyOnce) {
    std::set<std::string_view> names;
    for (const OptionSpec &spec : option_table()) {
        EXPECT_TRUE(names.insert(spec.name).second) << spec.name;
    }
}

TEST(OptionTable, ExplainsEachPropertyInOneSentence) {
    for (const OptionSpec &spec : option_table()) {
        EXPECT_TRUE(spec.note.ends_with('.')) << spec.name;
        EXPECT_EQ(spec.refused.empty(), spec.refused_note.empty()) << spec.name;
        EXPECT_EQ(spec.note.find('|'), std::string_view::npos) << spec.name << ": Markdown cell";
    }
}

TEST(OptionTable, HoldsDefaultsThatPassTheirOwnCheck) {
    for (const OptionSpec &spec : option_table()) {
        if (spec.default_value.empty()) continue;
        EXPECT_EQ(check_option_value(spec, spec.default_value), OptionValueError::kNone)
            << spec.name;
    }
}

TEST(OptionTable, NeverAllowsAWordThatItRefuses) {
    for (const OptionSpec &spec : option_table()) {
        std::string_view words = spec.refused;
        while (!words.empty()) {
            const std::size_t bar = words.find('|');
            EXPECT_FALSE(is_allowed_word(words.substr(0, bar), spec.allowed)) << spec.name;
            words = bar == std::string_view::npos ? std::string_view() : words.substr(bar + 1);
        }
    }
}

TEST(OptionTable, KnowsEveryPropertyOfDebezium361) {
    // The names that its connector and its base classes declare.
    constexpr std::string_view kDebezium[] = {
        "binary.handling.mode",
        "column.exclude.list",
        "column.include.list",
        "column.mask.hash.SHA-256.with.salt.abc",
        "column.mask.hash.v2.SHA-256.with.salt.abc",
        "column.mask.with.3.chars",
        "column.propagate.source.type",
        "column.truncate.to.3.chars",
        "connection.factory.class",
        "connection.validation.timeout.ms",
        "converters",
        "custom.metric.tags",
        "custom.sanitize.pattern",
        "database.dbname",
        "database.hostname",
        "database.initial.statements",
        "database.password",
        "database.port",
        "database.query.timeout.ms",
        "database.sslcert",
        "database.sslfactory",
        "database.sslkey",
        "database.sslmode",
        "database.sslpassword",
        "database.sslrootcert",
        "database.tcpKeepAlive",
        "database.user",
        "datatype.propagate.source.type",
        "decimal.handling.mode",
        "errors.max.retries",
        "event.converting.failure.handling.mode",
        "event.processing.failure.handling.mode",
        "executor.shutdown.timeout.ms",
        "extended.headers.enabled",
        "field.name.adjustment.mode",
        "flush.lsn.source",
        "guardrail.collections.limit.action",
        "guardrail.collections.max",
        "heartbeat.action.query",
        "heartbeat.interval.ms",
        "heartbeat.topics.prefix",
        "hstore.handling.mode",
        "include.schema.comments",
        "include.unknown.datatypes",
        "incremental.snapshot.allow.schema.changes",
        "incremental.snapshot.chunk.size",
        "incremental.snapshot.watermarking.strategy",
        "internal.advanced.metrics.enable",
        "internal.create.slot.command.timeout",
        "internal.legacy.snapshot.max.threads",
        "internal.log.position.check.enable",
        "internal.slot.seek.to.known.offset.on.start",
        "internal.snapshot.scan.all.columns.force",
        "interval.handling.mode",
        "legacy.snapshot.max.threads",
        "lsn.flush.mode",
        "lsn.flush.timeout.action",
        "lsn.flush.timeout.ms",
        "max.batch.size",
        "max.queue.size",
        "max.queue.size.in.bytes",
        "memory.management.schemas.class",
        "memory.management.tables.class",
        "message.key.columns",
        "message.prefix.exclude.list",
        "message.prefix.include.list",
        "money.fraction.digits",
        "notification.enabled.channels",
        "notification.sink.topic.name",
        "offset.mismatch.strategy",
        "openlineage.integration.config.file.path",
        "openlineage.integration.dataset.kafka.bootstrap.servers",
        "openlineage.integration.enabled",
        "openlineage.integration.job.description",
        "openlineage.integration.job.namespace",
        "openlineage.integration.job.owners",
        "openlineage.integration.job.tags",
        "plugin.name",
        "poll.interval.ms",
        "post.processors",
        "provide.transaction.metadata",
        "publication.autocreate.mode",
        "publication.name",
        "publish.via.partition.root",
        "query.fetch.size",
        "queue.provider.type",
        "read.only",
        "replica.identity.autoset.values",
        "retriable.restart.connector.wait.ms",
        "schema.exclude.list",
        "schema.include.list",
        "schema.name.adjustment.mode",
        "schema.refresh.mode",
        "signal.data.collection",
        "signal.enabled.channels",
        "signal.file",
        "signal.kafka.bootstrap.servers",
        "signal.kafka.groupId",
        "signal.kafka.poll.timeout.ms",
        "signal.kafka.topic",
        "signal.poll.interval.ms",
        "skip.messages.without.change",
        "skipped.operations",
        "slot.drop.on.stop",
        "slot.failover",
        "slot.max.retries",
        "slot.name",
        "slot.retry.delay.ms",
        "slot.stream.params",
        "snapshot.delay.ms",
        "snapshot.fetch.size",
        "snapshot.include.collection.list",
        "snapshot.isolation.mode",
        "snapshot.lock.timeout.ms",
        "snapshot.locking.mode",
        "snapshot.locking.mode.custom.name",
        "snapshot.max.threads",
        "snapshot.max.threads.multiplier",
        "snapshot.mode",
        "snapshot.mode.configuration.based.snapshot.data",
        "snapshot.mode.configuration.based.snapshot.on.data.error",
        "snapshot.mode.configuration.based.snapshot.on.schema.error",
        "snapshot.mode.configuration.based.snapshot.schema",
        "snapshot.mode.configuration.based.start.stream",
        "snapshot.mode.custom.name",
        "snapshot.query.mode",
        "snapshot.query.mode.custom.name",
        "snapshot.select.statement.overrides",
        "snapshot.select.statement.overrides.public.orders",
        "snapshot.tables.order.by.row.count",
        "sourceinfo.struct.maker",
        "statistics.metrics.enabled",
        "status.update.interval.ms",
        "streaming.delay.ms",
        "table.exclude.list",
        "table.ignore.builtin",
        "table.include.list",
        "time.precision.mode",
        "tombstones.on.delete",
        "topic.cache.size",
        "topic.delimiter",
        "topic.heartbeat.name",
        "topic.heartbeat.prefix",
        "topic.key.enforce.uniqueness",
        "topic.key.field.name",
        "topic.key.field.regex",
        "topic.key.field.replacement",
        "topic.naming.strategy",
        "topic.prefix",
        "topic.regex",
        "topic.replacement",
        "topic.transaction",
        "transaction.metadata.factory",
        "unavailable.value.placeholder",
        "xmin.fetch.interval.ms"};
    for (const std::string_view name : kDebezium) {
        EXPECT_NE(find_option(name), nullptr) << name;
    }
}

TEST(OptionTable, KnowsEveryPropertyOfConnect43) {
    constexpr std::string_view kConnect[] = {"access.control.allow.origin",
                                             "admin.listeners",
                                             "bootstrap.servers",
                                             "client.dns.lookup",
                                             "client.id",
                                             "config.action.reload",
                                             "config.providers",
                                             "config.storage.topic",
                                             "connect.protocol",
                                             "connections.max.idle.ms",
                                             "connector.class",
                                             "connector.client.config.override.policy",
                                             "connector.plugin.version",
                                             "errors.log.enable",
                                             "errors.log.include.messages",
                                             "errors.retry.delay.max.ms",
                                             "errors.retry.timeout",
                                             "errors.tolerance",
                                             "exactly.once.source.support",
                                             "exactly.once.support",
                                             "group.id",
                                             "header.converter",
                                             "inter.worker.key.ttl.ms",
                                             "key.converter",
                                             "key.converter.plugin.version",
                                             "listeners",
                                             "metadata.max.age.ms",
                                             "metadata.recovery.strategy",
                                             "metric.reporters",
                                             "metrics.num.samples",
                                             "name",
                                             "offset.flush.interval.ms",
                                             "offset.flush.timeout.ms",
                                             "offset.storage.file.filename",
                                             "offset.storage.topic",
                                             "offsets.storage.topic",
                                             "plugin.discovery",
                                             "plugin.path",
                                             "predicates",
                                             "rebalance.timeout.ms",
                                             "receive.buffer.bytes",
                                             "reconnect.backoff.max.ms",
                                             "reconnect.backoff.ms",
                                             "request.timeout.ms",
                                             "response.http.headers.config",
                                             "rest.advertised.host.name",
                                             "rest.extension.classes",
                                             "retry.backoff.max.ms",
                                             "retry.backoff.ms",
                                             "sasl.jaas.config",
                                             "sasl.mechanism",
                                             "scheduled.rebalance.max.delay.ms",
                                             "security.protocol",
                                             "send.buffer.bytes",
                                             "session.timeout.ms",
                                             "socket.connection.setup.timeout.ms",
                                             "ssl.truststore.location",
                                             "status.storage.partitions",
                                             "task.shutdown.graceful.timeout.ms",
                                             "tasks.max",
                                             "tasks.max.enforce",
                                             "topic.creation.enable",
                                             "topic.creation.groups",
                                             "topic.tracking.enable",
                                             "transaction.boundary",
                                             "transaction.boundary.interval.ms",
                                             "transforms",
                                             "value.converter",
                                             "worker.sync.timeout.ms",
                                             "worker.unsync.backoff.ms"};
    for (const std::string_view name : kConnect) {
        EXPECT_NE(find_option(name), nullptr) << name;
    }
}

TEST(OptionTable, FindsTheLongestFamilyThatFits) {
    EXPECT_EQ(spec_of("topic.creation.default.retention.ms").name, "topic.creation.default.*");
    EXPECT_EQ(spec_of("topic.creation.logs.include").name, "topic.creation.*");
    EXPECT_EQ(spec_of("topic.creation.default.partitions").name,
              "topic.creation.default.partitions");
    EXPECT_EQ(find_option("kafka."), nullptr);
}

TEST(OptionTable, OffersTheNearestName) {
    EXPECT_EQ(nearest_option("tabel.include.list", false), "table.include.list");
    EXPECT_EQ(nearest_option("databse.hostname", false), "database.hostname");
    EXPECT_EQ(nearest_option("something.else.entirely", false), "");
    EXPECT_EQ(nearest_option("slot.nam", true), "");
    EXPECT_EQ(nearest_option("topic.prefx", true), "topic.prefix");
}

TEST(OptionTable, OffersTheNearestWord) {
    const OptionSpec decimal = spec_of("decimal.handling.mode");
    EXPECT_EQ(nearest_word("presice", decimal.allowed), "precise");
    EXPECT_EQ(nearest_word("zzzzzzzzzzzz", decimal.allowed), "");
}

TEST(OptionTable, ChecksNumbersAgainstTheirRange) {
    const OptionSpec port = spec_of("database.port");
    EXPECT_EQ(check_option_value(port, "5432"), OptionValueError::kNone);
    EXPECT_EQ(check_option_value(port, "0"), OptionValueError::kNotAllowed);
    EXPECT_EQ(check_option_value(port, "65536"), OptionValueError::kNotAllowed);
    EXPECT_EQ(check_option_value(port, "5432x"), OptionValueError::kNotInteger);
    EXPECT_EQ(check_option_value(port, ""), OptionValueError::kNotInteger);
    EXPECT_EQ(check_option_value(spec_of("errors.max.retries"), "-1"), OptionValueError::kNone);
    EXPECT_EQ(check_option_value(spec_of("errors.max.retries"), "-2"),
              OptionValueError::kNotAllowed);
}

TEST(OptionTable, ChecksEachWordOfAList) {
    const OptionSpec skipped = spec_of("skipped.operations");
    EXPECT_EQ(check_option_value(skipped, "c, u"), OptionValueError::kNone);
    EXPECT_EQ(check_option_value(skipped, "none"), OptionValueError::kNone);
    EXPECT_EQ(check_option_value(skipped, "c,x"), OptionValueError::kNotAllowed);
}

TEST(OptionTable, TakesBooleansInAnyCase) {
    const OptionSpec boolean = spec_of("tombstones.on.delete");
    EXPECT_EQ(check_option_value(boolean, "True"), OptionValueError::kNone);
    EXPECT_EQ(check_option_value(boolean, "FALSE"), OptionValueError::kNone);
    EXPECT_EQ(check_option_value(boolean, "yes"), OptionValueError::kNotBoolean);
}

}  // namespace
}  // namespace outflow::core
