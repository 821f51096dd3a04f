#include "app/config.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace outflow::relay {
namespace {

constexpr const char *kMinimal =
    "topic.prefix=shop\ndatabase.hostname=db1\ndatabase.user=cdc\ndatabase.dbname=shop\n"
    "bootstrap.servers=kafka:9092\n";

// Files in a directory of the test's own, and what else a configuration is made of.
class ConfigTest : public testing::Test {
 protected:
    ConfigTest() {
        std::string name = testing::TempDir() + "outflow-config-XXXXXX";
        directory_ = ::mkdtemp(name.data());
    }
    ~ConfigTest() override { std::filesystem::remove_all(directory_); }

    std::string file(const std::string &name, const std::string &text) const {
        std::ofstream(directory_ / name) << text;
        return directory_ / name;
    }
    Config load(const std::string &text) {
        sources_.files = {file("shop.properties", kMinimal), file("more.properties", text)};
        return Config::load(sources_);
    }
    Failure failure_of(const std::string &text) {
        try {
            load(text);
        } catch (const StartupError &caught) {
            return caught.failure();
        }
        ADD_FAILURE() << "accepted: " << text;
        return {};
    }

    std::filesystem::path directory_;
    ConfigSources sources_;
};

std::string value_of(const Properties &properties, std::string_view name) {
    for (const auto &[key, value] : properties) {
        if (key == name) return value;
    }
    return "(none)";
}

std::vector<std::string> codes_of(const Config &config) {
    std::vector<std::string> codes;
    for (const ConfigNotice &notice : config.notices()) codes.emplace_back(notice.spec->code);
    return codes;
}

using Codes = std::vector<std::string>;

TEST_F(ConfigTest, TakesDefaultsFromTheOptionTable) {
    const Config config = load("");
    EXPECT_EQ(config.text("slot.name"), "outflow");
    EXPECT_EQ(config.integer("outflow.commit.interval.ms"), 250);
    EXPECT_TRUE(config.boolean("tombstones.on.delete"));
    EXPECT_FALSE(config.has("slot.name"));
    EXPECT_TRUE(config.has("topic.prefix"));
    EXPECT_EQ(codes_of(config), Codes{});
}

TEST_F(ConfigTest, RefusesToAnswerForAnUnknownKeyOrAnotherType) {
    const Config config = load("");
    EXPECT_THROW(config.text("no.such.key"), std::logic_error);
    EXPECT_THROW(config.boolean("slot.name"), std::logic_error);
    EXPECT_THROW(config.integer("slot.name"), std::logic_error);
}

TEST_F(ConfigTest, MergesFilesFromLeftToRightAndThenTheCommandLine) {
    sources_.files = {file("worker.properties", std::string(kMinimal) + "slot.name=one\n"),
                      file("shop.json", R"({"name":"shop","config":{"slot.name":"two",
                           "outflow.commit.rows": 5, "tombstones.on.delete": false}})")};
    sources_.overrides = {{"outflow.commit.bytes", "7"}};
    const Config config = Config::load(sources_);
    EXPECT_EQ(config.text("slot.name"), "two");
    EXPECT_EQ(config.text("name"), "shop");
    EXPECT_EQ(config.integer("outflow.commit.rows"), 5);
    EXPECT_FALSE(config.boolean("tombstones.on.delete"));
    EXPECT_EQ(config.integer("outflow.commit.bytes"), 7);
}

TEST_F(ConfigTest, ReadsBareJson) {
    sources_.files = {file("shop.json", R"({"topic.prefix":"shop","database.hostname":"h",
        "database.user":"u","database.dbname":"d","bootstrap.servers":"k:9092","config":"x"})")};
    EXPECT_EQ(Config::load(sources_).text("topic.prefix"), "shop");
}

TEST_F(ConfigTest, RefusesAFileThatIsNoConfiguration) {
    sources_.files = {file("bad.json", "{ \"a\": ")};
    EXPECT_THROW(Config::load(sources_), StartupError);
    sources_.files = {file("bad.json", R"({"a": {"b": 1}})")};
    EXPECT_THROW(Config::load(sources_), StartupError);
    sources_.files = {file("shop.yaml", "topic.prefix: shop\n")};
    EXPECT_THROW(Config::load(sources_), StartupError);
    sources_.files = {"/no/such/file"};
    try {
        Config::load(sources_);
        FAIL();
    } catch (const StartupError &caught) {
        EXPECT_EQ(caught.failure().spec, error::kConfigFile);
        EXPECT_NE(caught.failure().message.find("/no/such/file: No such file or directory"),
                  std::string::npos)
            << caught.failure().message;
    }
}

TEST_F(ConfigTest, StripsTheNamesOfDebeziumServer) {
    sources_.files = {file("application.properties",
                           "debezium.source.connector.class="
                           "io.debezium.connector.postgresql.PostgresConnector\n"
                           "debezium.source.topic.prefix=shop\n"
                           "debezium.source.database.hostname=h\n"
                           "debezium.source.database.user=u\n"
                           "debezium.source.database.dbname=d\n"
                           "debezium.source.offset.storage.file.filename=/x\n"
                           "debezium.sink.type=kafka\n"
                           "debezium.sink.kafka.producer.bootstrap.servers=k:9092\n"
                           "debezium.sink.kafka.producer.linger.ms=5\n"
                           "debezium.format.value=json\n"
                           "debezium.format.schemas.enable=false\n"
                           "quarkus.log.level=WARN\n"
                           "quarkus.log.console.json=false\n")};
    const Config config = Config::load(sources_);
    EXPECT_EQ(config.text("topic.prefix"), "shop");
    EXPECT_EQ(value_of(config.producer_properties(), "linger.ms"), "5");
    EXPECT_EQ(value_of(config.producer_properties(), "bootstrap.servers"), "k:9092");
    EXPECT_FALSE(config.boolean("key.converter.schemas.enable"));
    EXPECT_FALSE(config.boolean("value.converter.schemas.enable"));
    EXPECT_EQ(config.text("outflow.log.level"), "warn");
    EXPECT_EQ(codes_of(config), Codes{"OUT-1111"});
}

TEST_F(ConfigTest, TakesTheEnvironmentOverFilesAndTheCommandLineOverBoth) {
    sources_.environment = {{"DEBEZIUM_SOURCE_SLOT_NAME", "env_slot"},
                            {"OUTFLOW_COMMIT_ROWS", "9"},
                            {"OUTFLOW_SERVICE_HOST", "10.0.0.1"},
                            {"PATH", "/bin"}};
    Config config = load("slot.name=file_slot\n");
    EXPECT_EQ(config.text("slot.name"), "env_slot");
    EXPECT_EQ(config.integer("outflow.commit.rows"), 9);
    EXPECT_EQ(codes_of(config), Codes{});
    sources_.overrides = {{"slot.name", "flag_slot"}};
    EXPECT_EQ(load("").text("slot.name"), "flag_slot");
}

TEST_F(ConfigTest, WarnsOfAnEnvironmentVariableThatNamesNothing) {
    sources_.environment = {{"DEBEZIUM_SOURCE_SLOT_NAM", "x"}};
    EXPECT_EQ(codes_of(load("")), Codes{"OUT-1102"});
}

TEST_F(ConfigTest, ReadsASecretFromAFile) {
    sources_.environment = {{"DATABASE_PASSWORD_FILE", file("secret", "hunter2\n")}};
    const Config config = load("");
    EXPECT_EQ(config.text("database.password"), "hunter2");
    EXPECT_NE(config.describe().find("env DATABASE_PASSWORD_FILE"), std::string::npos);
    EXPECT_EQ(config.describe().find("hunter2"), std::string::npos);
}

TEST_F(ConfigTest, RefusesASecretThatIsGivenTwice) {
    sources_.environment = {{"DEBEZIUM_SOURCE_DATABASE_PASSWORD", "a"},
                            {"DEBEZIUM_SOURCE_DATABASE_PASSWORD_FILE", file("secret", "b")}};
    EXPECT_EQ(failure_of("").spec, error::kExclusiveProperties);
}

TEST_F(ConfigTest, ResolvesPlaceholders) {
    sources_.environment = {{"DB_USER", "alice"}};
    const std::string secrets = file("secrets.properties", "password=hunter2\n");
    const std::string folder = directory_;
    file("plain", "whole");
    const Config config = load("database.user=${env:DB_USER}\ndatabase.password=${file:" + secrets +
                               ":password}\nname=x-${dir:" + folder + ":plain}-${keep}\n");
    EXPECT_EQ(config.text("database.user"), "alice");
    EXPECT_EQ(config.text("database.password"), "hunter2");
    EXPECT_EQ(config.text("name"), "x-whole-${keep}");
}

TEST_F(ConfigTest, RefusesAPlaceholderThatCannotBeResolved) {
    EXPECT_EQ(failure_of("name=${env:NOT_SET}\n").spec, error::kUnresolved);
    EXPECT_EQ(failure_of("name=${file:/no/such:key}\n").spec, error::kUnresolved);
    const Failure vault = failure_of("name=${vault:secret:key}\n");
    EXPECT_EQ(vault.spec, error::kUnresolved);
    EXPECT_NE(vault.message.find("env, file and dir are"), std::string::npos);
}

TEST_F(ConfigTest, WarnsOfAnUnknownPropertyAndOffersTheNearest) {
    const Config config = load("tabel.include.list=public.orders\n");
    ASSERT_EQ(codes_of(config), Codes{"OUT-1102"});
    EXPECT_NE(config.notices()[0].message.find(R"(did you mean "table.include.list"?)"),
              std::string::npos);
    EXPECT_NE(config.notices()[0].message.find("more.properties:1"), std::string::npos);
}

TEST_F(ConfigTest, RefusesAnUnknownPropertyWhenStrict) {
    sources_.strict = true;
    EXPECT_EQ(failure_of("tabel.include.list=x\n").spec, error::kUnknownProperty);
}

TEST_F(ConfigTest, RefusesAValueAndNamesTheAllowedOnesAndTheNearest) {
    const Failure failure = failure_of("decimal.handling.mode=presice\n");
    EXPECT_EQ(failure.spec, error::kInvalidValue);
    EXPECT_NE(failure.message.find("one of precise, double, string; did you mean precise?"),
              std::string::npos)
        << failure.message;
    EXPECT_EQ(failure_of("tombstones.on.delete=yes\n").spec, error::kInvalidValue);
    EXPECT_EQ(failure_of("database.port=70000\n").spec, error::kInvalidValue);
    EXPECT_EQ(failure_of("outflow.commit.rows=1k\n").spec, error::kInvalidValue);
    EXPECT_EQ(failure_of("slot.name=Outflow\n").spec, error::kInvalidValue);
    EXPECT_EQ(failure_of("topic.prefix=shop/eu\n").spec, error::kInvalidValue);
}

TEST_F(ConfigTest, ComparesWordsWithoutRegardToCase) {
    const Config config = load("decimal.handling.mode=STRING\ntombstones.on.delete=False\n");
    EXPECT_EQ(config.text("decimal.handling.mode"), "string");
    EXPECT_FALSE(config.boolean("tombstones.on.delete"));
}

TEST_F(ConfigTest, RefusesWhatThisReleaseDoesNotDo) {
    for (const char *line :
         {"plugin.name=pgoutput", "plugin.name=decoderbufs",
          "transforms=t\ntransforms.t.type=io.debezium.transforms.Filter",
          "signal.data.collection=public.signal", "signal.enabled.channels=source,kafka",
          "time.precision.mode=structured", "snapshot.mode=custom", "snapshot.locking.mode=custom",
          "snapshot.query.mode=custom", "snapshot.mode.custom.name=x",
          "key.converter=io.confluent.connect.avro.AvroConverter",
          "value.converter=io.debezium.converters.CloudEventsConverter", "database.sslfactory=x",
          "format=chunks", "outflow.column.rules=x", "outflow.sequence.lsn=0/1"}) {
        const Failure failure = failure_of(line);
        EXPECT_EQ(failure.spec, error::kUnsupportedProperty) << line;
        EXPECT_EQ(failure.exit(), ExitCode::kUsage) << line;
    }
}

TEST_F(ConfigTest, AcceptsWhatEqualsTheDefaultOfAnythingRefused) {
    const Config config = load(
        "publish.via.partition.root=false\nheartbeat.interval.ms=0\n"
        "database.sslfactory=\nsignal.enabled.channels=source\nsnapshot.mode=initial\n"
        "time.precision.mode=adaptive\nhstore.handling.mode=json\nmax.batch.size=2048\n"
        "key.converter=org.apache.kafka.connect.json.JsonConverter\nplugin.name=outflow\n"
        "sourceinfo.struct.maker=io.debezium.connector.postgresql.PostgresSourceInfoStructMaker\n"
        "transforms=\n");
    EXPECT_EQ(codes_of(config), Codes{});
}

TEST_F(ConfigTest, TellsWhatHasNoEffectInOneLineAndWhatDiffersInLinesOfTheirOwn) {
    const Config config = load(
        "offset.flush.interval.ms=1000\nplugin.path=/x\nmax.batch.size=5\n"
        "offset.mismatch.strategy=trust_slot\n");
    EXPECT_EQ(codes_of(config), (Codes{"OUT-1112", "OUT-1112", "OUT-1111"}));
    EXPECT_NE(config.notices()[2].message.find("offset.flush.interval.ms, plugin.path"),
              std::string::npos);
}

TEST_F(ConfigTest, RefusesIncludeAndExcludeOfOneKind) {
    const Failure failure = failure_of("table.include.list=a\ntable.exclude.list=b\n");
    EXPECT_EQ(failure.spec, error::kExclusiveProperties);
    EXPECT_NE(failure.message.find("more.properties:1"), std::string::npos);
    EXPECT_NE(failure.message.find("more.properties:2"), std::string::npos);
}

TEST_F(ConfigTest, AcceptsOldNamesWithAWarning) {
    const Config config = load("snapshot.mode=never\ntable.whitelist=public.orders\n");
    EXPECT_EQ(config.text("snapshot.mode"), "no_data");
    EXPECT_EQ(config.text("table.include.list"), "public.orders");
    EXPECT_EQ(codes_of(config), (Codes{"OUT-1113", "OUT-1113"}));
}

TEST_F(ConfigTest, NamesEveryFaultAtOnce) {
    const Failure failure = failure_of("decimal.handling.mode=x\nplugin.name=pgoutput\n");
    EXPECT_EQ(failure.spec, error::kInvalidValue);
    EXPECT_NE(failure.detail.find("OUT-1104"), std::string::npos);
}

TEST_F(ConfigTest, AsksForWhatIsMissing) {
    sources_.files = {};
    try {
        Config::load(sources_);
        FAIL();
    } catch (const StartupError &caught) {
        EXPECT_EQ(caught.failure().spec, error::kMissingProperty);
        for (const char *key : {"topic.prefix", "database.hostname", "database.dbname",
                                "database.user", "bootstrap.servers"})
            EXPECT_NE(std::string(caught.what()).find(key), std::string::npos) << key;
    }
    sources_.needs_source = false;
    sources_.overrides = {{"bootstrap.servers", "k:9092"}};
    EXPECT_EQ(Config::load(sources_).text("bootstrap.servers"), "k:9092");
}

TEST_F(ConfigTest, NeedsNoKafkaForStandardOutput) {
    sources_.url = "postgres://cdc:se%40cret@db1:5433/shop?sslmode=verify-full";
    sources_.overrides = {{"outflow.sink", "stdout"}};
    const Config config = Config::load(sources_);
    EXPECT_EQ(config.text("topic.prefix"), "shop");
    EXPECT_EQ(config.text("outflow.position.topic"), "__outflow-position.shop");
    const Properties parameters = config.connection_parameters();
    EXPECT_EQ(value_of(parameters, "host"), "db1");
    EXPECT_EQ(value_of(parameters, "port"), "5433");
    EXPECT_EQ(value_of(parameters, "user"), "cdc");
    EXPECT_EQ(value_of(parameters, "password"), "se@cret");
    EXPECT_EQ(value_of(parameters, "dbname"), "shop");
    EXPECT_EQ(value_of(parameters, "sslmode"), "verify-full");
    EXPECT_EQ(value_of(parameters, "keepalives"), "1");
    EXPECT_EQ(config.describe().find("se@cret"), std::string::npos);
}

TEST_F(ConfigTest, ReadsUrlsOfEveryShape) {
    sources_.overrides = {{"outflow.sink", "stdout"}};
    sources_.url = "postgresql://[::1]:5433/shop";
    EXPECT_EQ(Config::load(sources_).text("database.hostname"), "::1");
    EXPECT_EQ(Config::load(sources_).integer("database.port"), 5433);
    sources_.url = "postgres:///shop?host=%2Frun%2Fpg&user=cdc";
    EXPECT_EQ(Config::load(sources_).text("database.hostname"), "/run/pg");
    for (const char *bad : {"postgres://h/db?connect_tiemout=1", "postgres://a,b/db",
                            "postgres://%zz@h/db", "postgres://[::1/db", "postgres://h"}) {
        sources_.url = bad;
        EXPECT_THROW(Config::load(sources_), StartupError) << bad;
    }
}

TEST_F(ConfigTest, DerivesNamesFromThePrefixAndTheSlot) {
    const Config config = load("slot.name=two\n");
    EXPECT_EQ(config.text("outflow.position.topic"), "__outflow-position.shop");
    EXPECT_EQ(config.text("outflow.transactional.id"), "outflow-shop-two");
    EXPECT_FALSE(config.has("outflow.transactional.id"));
}

TEST_F(ConfigTest, PassesThePluginWhatItMustKnowAndNothingElse) {
    const Config config = load(
        "table.include.list=public.orders\ndecimal.handling.mode=string\nbinary.handling.mode="
        "bytes\ndatabase.password=hunter2\n");
    EXPECT_EQ(config.plugin_options(), (Properties{{"topic.prefix", "shop"},
                                                   {"publication.name", "dbz_publication"},
                                                   {"table.include.list", "public.orders"},
                                                   {"decimal.handling.mode", "string"},
                                                   {"key.converter.schemas.enable", "true"},
                                                   {"value.converter.schemas.enable", "true"}}));
}

// START_REPLICATION cuts the names of options at 63 bytes.
TEST_F(ConfigTest, PassesRulesForColumnsInOneOption) {
    const std::string hash =
        "column.mask.hash.v2.SHA-256.with.salt.a-salt-that-makes-the-name-longer-than-63-bytes";
    const Config config = load(hash + "=public.orders.note, public.orders.name\n" +
                               "column.truncate.to.20.chars=public.orders.text\n" +
                               "column.include.list=public.orders.*\n");
    const Properties options = config.plugin_options();
    const auto value_of = [&](std::string_view name) {
        const auto found = std::find_if(options.begin(), options.end(),
                                        [&](const auto &option) { return option.first == name; });
        return found == options.end() ? "" : found->second;
    };
    EXPECT_EQ(value_of("outflow.column.rules"),
              hash + "\npublic.orders.note, public.orders.name\n" +
                  "column.truncate.to.20.chars\npublic.orders.text\n");
    EXPECT_EQ(value_of("column.include.list"), "public.orders.*");
    for (const auto &[name, value] : options) EXPECT_LE(name.size(), 63U) << name;
}

TEST_F(ConfigTest, RefusesARuleForColumnsThatItDoesNotUnderstand) {
    const Failure length = failure_of("column.mask.with.three.chars=public.orders.note\n");
    EXPECT_EQ(length.spec, error::kInvalidValue);
    EXPECT_NE(length.message.find("column.mask.with.LENGTH.chars"), std::string::npos);
    const Failure digest = failure_of("column.mask.hash.SHA3-256.with.salt.x=public.orders.note\n");
    EXPECT_NE(digest.message.find("MD5, SHA-1"), std::string::npos) << digest.message;
}

TEST_F(ConfigTest, HidesTheSaltOfAHash) {
    const std::string text =
        load("column.mask.hash.SHA-256.with.salt.hunter2=public.orders.note\n").describe();
    EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
    EXPECT_NE(text.find("column.mask.hash.SHA-256.with.salt.********"), std::string::npos) << text;
}

TEST_F(ConfigTest, KeepsTopicSettingsApartFromPartitions) {
    const Config config = load(
        "topic.creation.default.partitions=6\n"
        "topic.creation.default.replication.factor=3\n"
        "topic.creation.default.retention.ms=1000\n");
    EXPECT_EQ(config.integer("topic.creation.default.partitions"), 6);
    EXPECT_EQ(config.topic_settings(), (Properties{{"retention.ms", "1000"}}));
}

TEST_F(ConfigTest, DescribesValuesWithTheirOrigins) {
    sources_.overrides = {{"slot.name", "two"}};
    const std::string text = load(
                                 "database.password=hunter2\n"
                                 "producer.override.sasl.jaas.config=x.PlainLoginModule required "
                                 "username=\"u\" password=\"hunter2\";\n"
                                 "kafka.ssl.key.pem=hunter2\nkafka.my.secret=hunter2\n")
                                 .describe();
    EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
    EXPECT_NE(text.find("********"), std::string::npos);
    EXPECT_NE(text.find("more.properties:1"), std::string::npos);
    EXPECT_NE(text.find("= two                             flag\n"), std::string::npos) << text;
    EXPECT_NE(text.find("= precise                         default\n"), std::string::npos);
}

}  // namespace
}  // namespace outflow::relay
