\set VERBOSITY default
\set SHOW_CONTEXT never
CREATE TABLE "na me"(id int PRIMARY KEY, "a b" int, "1st" int, é int);
INSERT INTO "na me" VALUES (1, 2, 3, 4);
SELECT * FROM events('field.name.adjustment.mode', 'avro');
-- Topics of each strategy; the schema names follow.
CREATE FUNCTION topics(VARIADIC options text[]) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT topic COLLATE "C" FROM outflow.captured_tables(
        ARRAY['table.include.list', 'public\.na.me'] || options) ORDER BY 1
$$;
SELECT topics('topic.naming.strategy', 'io.debezium.schema.DefaultTopicNamingStrategy');
SELECT topics('topic.naming.strategy', 'io.debezium.schema.SchemaUnicodeTopicNamingStrategy');
SELECT topics('topic.naming.strategy', 'io.debezium.schema.DefaultUnicodeTopicNamingStrategy');
CREATE FUNCTION routed(pattern text, replacement text) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT topics('topic.naming.strategy', 'io.debezium.schema.SchemaRegexTopicNamingStrategy',
        'topic.regex', pattern, 'topic.replacement', replacement)
$$;
SELECT routed('(out)(?<rest>.*)', '$1-${rest}\$1\\');
SELECT routed('(out)(x)?(.*)', '[$2]$01$33');
SELECT routed('out|out.*', 'X');
SELECT routed('OUT.*', 'X');
SELECT routed('(x)?.*', '$1');
SELECT routed('(.*)', '$2');
SELECT routed('(.*)', '${none}');
SELECT routed('(.*)', 'a$');
SELECT routed('(.*)', 'a\');
SELECT routed('(.*', 'a');
SELECT routed('', 'a');
SELECT routed('(.*)', '');
SELECT topics('topic.naming.strategy', 'io.debezium.schema.SchemaRegexTopicNamingStrategy',
    'topic.regex', 'x', 'topic.replacement', 'y', 'topic.key.field.regex', 'x');
-- Two columns, and two tables, whose adjusted names are the same.
ALTER TABLE "na me" ADD COLUMN "a-b" int;
SELECT topics('field.name.adjustment.mode', 'avro');
SELECT topics('field.name.adjustment.mode', 'avro_unicode');
INSERT INTO "na me" VALUES (2);
SELECT * FROM events('field.name.adjustment.mode', 'avro');
SELECT count(*) FROM events();
CREATE TABLE "na-me"(id int PRIMARY KEY);
-- Which of the two is found first is open.
\set VERBOSITY sqlstate
SELECT topics('schema.name.adjustment.mode', 'avro');
\set VERBOSITY default
SELECT topics('schema.name.adjustment.mode', 'avro_unicode');
INSERT INTO "na me" VALUES (3);
INSERT INTO "na-me" VALUES (3);
SELECT * FROM events('schema.name.adjustment.mode', 'avro');
SELECT count(*) FROM events();
DROP TABLE "na me", "na-me";
-- Columns that differ by case only, which stop Debezium; a name in quotes, which Debezium takes for
-- another, without its key.
CREATE TABLE odd(id int, "ID" int, """q""" int NOT NULL DEFAULT 1, PRIMARY KEY (id, """q"""));
INSERT INTO odd VALUES (1, 2, 3);
SELECT * FROM events();
INSERT INTO odd VALUES (1, 2, 4);
SELECT * FROM events('outflow.compat.quirks', 'correct');
ALTER TABLE odd ADD COLUMN q int;
INSERT INTO odd VALUES (1, 2, 5, 6);
SELECT * FROM events();
DROP TABLE odd;
