\set VERBOSITY terse
\set SHOW_CONTEXT never
CREATE TABLE orders (id serial PRIMARY KEY, status text NOT NULL, note text, quantity int DEFAULT 5);
INSERT INTO orders (status, note) VALUES ('new', NULL), ('new', 'a "quoted" note');
UPDATE orders SET status = 'paid' WHERE id = 1;
DELETE FROM orders WHERE id = 2;
SELECT * FROM events();
-- Rolled back: nothing; a subtransaction that survives: its row.
BEGIN;
INSERT INTO orders (status) VALUES ('lost');
ROLLBACK;
BEGIN;
SAVEPOINT s;
INSERT INTO orders (status) VALUES ('kept');
RELEASE s;
SAVEPOINT t;
INSERT INTO orders (status) VALUES ('gone');
ROLLBACK TO t;
COMMIT;
SELECT * FROM events();
-- A changed key: delete under the old key, create under the new one.
UPDATE orders SET id = 100 WHERE id = 1;
SELECT * FROM events();
-- COPY: rows share one LSN, the order is the file's.
COPY orders (id, status) FROM stdin;
200	copied
201	copied
\.
SELECT count(*), count(DISTINCT data::json -> 'source' ->> 'lsn') AS positions
FROM pg_logical_slot_peek_changes('regress', NULL, NULL);
SELECT * FROM events();
-- Truncates are skipped by default.
TRUNCATE orders;
SELECT * FROM events();
CREATE TABLE lines (id int PRIMARY KEY);
TRUNCATE orders, lines;
SELECT * FROM events('skipped.operations', 'none');
INSERT INTO orders (status) VALUES ('x');
UPDATE orders SET status = 'y';
DELETE FROM orders;
SELECT * FROM events('skipped.operations', 'c,d');
-- A session's temporary and unlogged tables give nothing.
CREATE TEMP TABLE scratch (id int);
INSERT INTO scratch VALUES (1);
CREATE UNLOGGED TABLE fast (id int);
INSERT INTO fast VALUES (1);
SELECT * FROM events();
DROP TABLE orders, lines, fast;
