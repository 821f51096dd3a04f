\set VERBOSITY terse
\set SHOW_CONTEXT never
-- What a row of each type becomes: the `after` image. Bytes that Debezium decides are compared
-- with the real one in test/integration; here they must stay as they are.
CREATE FUNCTION images(VARIADIC options text[] DEFAULT '{}') RETURNS SETOF text LANGUAGE sql AS $$
    SELECT data::json ->> 'after' FROM pg_logical_slot_peek_changes('regress', NULL, NULL, VARIADIC options)
$$;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN price AS numeric(10,2);
CREATE TABLE numbers (b bool, s smallint, i int, l bigint, o oid, r real, d float8, n numeric(9,4), v numeric, p positive, q price);
INSERT INTO numbers VALUES
    (true, -32768, 2147483647, -9223372036854775808, 4294967295, 3.14, 1e23, 12345.6789, 10.50, 7, 9.99),
    (false, 0, 0, 0, 0, '-0', 0.001, -1.1, 'NaN', NULL, NULL),
    (NULL, NULL, NULL, NULL, NULL, 'NaN', '-Infinity', 'NaN', 1e-20, NULL, NULL);
SELECT * FROM images();
SELECT * FROM images('decimal.handling.mode', 'string');
SELECT * FROM images('decimal.handling.mode', 'double');
SELECT count(*) FROM events();
CREATE TABLE texts (t text, v varchar(10), c char(5), n name, x bytea, u uuid, j json, jb jsonb, m mood);
INSERT INTO texts VALUES
    (E'tab\t quote" back\\ \x1B é 😀', 'v', 'ab', 'n', '\x00ff', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', '{"a":  1}', '{"b":  [1, null]}', 'ok'),
    ('', '', '', '', '', NULL, 'null', '"s"', 'sad');
SELECT * FROM images();
SELECT * FROM images('binary.handling.mode', 'hex', 'include.unknown.datatypes', 'true');
SELECT count(*) FROM events();
SET timezone = 'Europe/Berlin';
CREATE TABLE times (d date, t time, t3 time(3), tz timetz, ts timestamp, ts0 timestamp(0), tsz timestamptz, tsz3 timestamptz(3), iv interval);
INSERT INTO times VALUES
    ('2024-01-31', '10:20:11.123456', '10:20:11.123', '12:51:30.123+01', '2024-01-31 10:20:11.5', '2024-01-31 10:20:11', '2020-04-01 13:51:02+02', '2020-04-01 11:51:02.12Z', '1 year 2 mons 3 days 04:05:06.78'),
    ('0044-03-15 BC', '24:00', '00:00', '00:00Z', '0044-03-15 12:00 BC', 'infinity', '-infinity', '21016-01-01Z', '-1.5 s'),
    ('infinity', NULL, NULL, NULL, '1969-12-31 23:59:59.999999', '-infinity', 'infinity', NULL, '0');
SELECT * FROM images();
SELECT * FROM images('time.precision.mode', 'connect');
SELECT * FROM images('time.precision.mode', 'adaptive_time_microseconds', 'interval.handling.mode', 'string');
SELECT * FROM images('time.precision.mode', 'isostring');
SELECT * FROM images('time.precision.mode', 'microseconds');
SELECT * FROM images('time.precision.mode', 'nanoseconds');
SELECT count(*) FROM events();
RESET timezone;
CREATE TABLE arrays (i int[], t text[], n numeric(6,2)[], m mood[], ts timestamptz[], e int[], nested int[][], u uuid[], nulls int[]);
INSERT INTO arrays VALUES ('{1,NULL,3}', '{a,"b,c",NULL}', '{1.10,2}', '{sad,happy}', '{2020-01-01Z}', '{}', '{{1,2},{3,4}}', NULL, '{NULL}');
SELECT * FROM images();
SELECT count(*) FROM events();
-- The types that print as Debezium prints them, and those that it leaves out or prints as bytes.
CREATE TYPE pair AS (a int, b text);
CREATE TABLE others (b1 bit, b4 bit(4), vb varbit, mo money, ch "char", ip inet, ci cidr, ma macaddr, r int4range, x xml, ts tsvector, p point,
    bx box, l pg_lsn, c pair, mr int4multirange);
INSERT INTO others VALUES (B'1', B'0101', B'100000000', 1234.56, 'c', '10.0.0.1/8', '10.0.0.0/8', '08:00:2b:01:02:03', '[1,5]', '<?xml version="1.0"?><a/>', 'b:2 a:1', '(1.5,-2)',
    '((1,2),(3,4))', '0/16B3748', '(1,"x y")', '{[1,2]}');
SELECT * FROM images();
SELECT * FROM images('include.unknown.datatypes', 'true', 'binary.handling.mode', 'hex', 'decimal.handling.mode', 'string', 'money.fraction.digits', '0');
SELECT * FROM images('include.unknown.datatypes', 'true', 'decimal.handling.mode', 'double');
SELECT count(*) FROM events();
CREATE TABLE lists (b bit(3)[], n numeric[], mo money[], nm name[], l pg_lsn[], x xml[], ip inet[], ts tsvector[], p price[], iv interval[]);
INSERT INTO lists VALUES ('{101}', '{1,NaN}', '{1}', '{n}', '{0/1}', '{<a/>}', '{::1,NULL}', '{a,NULL}', '{1}', '{1 day}');
SELECT * FROM images('include.unknown.datatypes', 'true');
SELECT count(*) FROM events();
-- A composite type with an extension's name is an unknown type.
CREATE TYPE hstore AS (t text);
CREATE TABLE impostors (i int, h hstore);
INSERT INTO impostors VALUES (1, ROW(repeat('"', 9)));
SELECT * FROM images('include.unknown.datatypes', 'true');
SELECT count(*) FROM events();
DROP TABLE impostors;
DROP TYPE hstore;
CREATE EXTENSION hstore;
CREATE TABLE maps (h hstore);
INSERT INTO maps VALUES ('k3=>1, key1=>2, key2=>NULL, key4=>"\"\\", key5=>""'), ('');
SELECT * FROM images();
SELECT * FROM images('hstore.handling.mode', 'map');
SELECT count(*) FROM events();
-- A label added in mid-stream is printed.
CREATE TABLE moods (m mood);
INSERT INTO moods VALUES ('ok');
ALTER TYPE mood ADD VALUE 'angry' BEFORE 'sad';
INSERT INTO moods VALUES ('angry');
SELECT * FROM images();
SELECT count(*) FROM events();
DROP TABLE numbers, texts, times, arrays, others, lists, maps, moods;
DROP EXTENSION hstore;
DROP TYPE mood, pair;
DROP DOMAIN positive, price;
DROP FUNCTION images;
