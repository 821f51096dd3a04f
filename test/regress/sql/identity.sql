\set VERBOSITY terse
\set SHOW_CONTEXT never
-- DEFAULT: the key alone; NOT NULL columns get Debezium's fallbacks, defaults are printed.
CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL, price numeric(8,2) NOT NULL,
    stock int DEFAULT 3, big text);
INSERT INTO item VALUES (1, 'pen', 1.10, 7, NULL);
UPDATE item SET stock = 6;
DELETE FROM item;
SELECT * FROM events();
-- FULL: the whole old row, also of an unchanged TOAST value.
ALTER TABLE item REPLICA IDENTITY FULL;
ALTER TABLE item ALTER big SET STORAGE EXTERNAL;
INSERT INTO item VALUES (2, 'ink', 5.00, NULL, repeat('x', 3000));
SELECT count(*) FROM events();
UPDATE item SET stock = 1;
SELECT length(data::json -> 'before' ->> 'big') AS before, length(data::json -> 'after' ->> 'big') AS after
FROM pg_logical_slot_get_changes('regress', NULL, NULL);
-- DEFAULT again: the unchanged TOAST value is not in the WAL.
ALTER TABLE item REPLICA IDENTITY DEFAULT;
UPDATE item SET stock = 2;
SELECT data::json -> 'after' ->> 'big' AS after FROM pg_logical_slot_peek_changes('regress', NULL, NULL);
SELECT data::json -> 'after' ->> 'big' AS after
FROM pg_logical_slot_get_changes('regress', NULL, NULL, 'unavailable.value.placeholder', 'n/a');
-- NOTHING: inserts flow; an update says what it knows.
ALTER TABLE item REPLICA IDENTITY NOTHING;
INSERT INTO item VALUES (3, 'cap', 2.50, 1, NULL);
SELECT * FROM events();
UPDATE item SET stock = 9 WHERE id = 3;
DELETE FROM item WHERE id = 3;
SELECT * FROM events();
-- USING INDEX: only the index's columns are known of the old row.
CREATE TABLE coded (id int PRIMARY KEY, code text NOT NULL UNIQUE, label text);
ALTER TABLE coded REPLICA IDENTITY USING INDEX coded_code_key;
INSERT INTO coded VALUES (1, 'a', 'x');
UPDATE coded SET label = 'y';
UPDATE coded SET code = 'b';
DELETE FROM coded;
SELECT * FROM events();
-- No key at all: null keys, full identity.
CREATE TABLE keyless (a int, b text);
ALTER TABLE keyless REPLICA IDENTITY FULL;
INSERT INTO keyless VALUES (1, 'one');
UPDATE keyless SET b = 'uno';
DELETE FROM keyless;
SELECT * FROM events();
-- The first unique index by name stands in for a primary key; key order is the index's.
CREATE TABLE keyed (a int, b int, c int);
CREATE UNIQUE INDEX keyed_z ON keyed (c);
CREATE UNIQUE INDEX keyed_b ON keyed (b, a);
CREATE UNIQUE INDEX keyed_a ON keyed ((a + 1));
INSERT INTO keyed VALUES (1, 2, 3);
SELECT convert_from(substr(data, position('{"b":2,"a":1}'::bytea IN data), 13), 'UTF8') AS key
FROM pg_logical_slot_get_binary_changes('regress', NULL, NULL, 'format', 'chunks');
DROP TABLE item, coded, keyless, keyed;
