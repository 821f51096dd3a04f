\set VERBOSITY terse
\set SHOW_CONTEXT never
\pset format unaligned
-- outflow.create_outbox: the standard table, that grows or does not.
CREATE ROLE outbox_writer;
CREATE ROLE outbox_reader;
CREATE FUNCTION outbox_events() RETURNS TABLE (value text) LANGUAGE sql AS $$
    SELECT data FROM pg_logical_slot_get_changes('regress', NULL, NULL, 'outflow.transforms', 'outbox', 'outbox.predicate', '.*\.shop\..*')
$$;
SELECT outflow.create_outbox('shop', writer => 'outbox_writer', reader => 'outbox_reader', publication => 'shop_events');
SELECT outflow.create_outbox('shop', 'Brief "x"', 'nothing', 'outbox_writer', 'outbox_reader', 'shop_events');
SELECT outflow.create_outbox('shop', 'turning', 'generations', 'outbox_writer', 'outbox_reader', 'shop_events');
\d shop.outbox
SELECT tablename, attnames IS NOT NULL AS listed FROM pg_publication_tables WHERE pubname = 'shop_events' ORDER BY 1;
SELECT pubinsert, pubupdate, pubdelete, pubtruncate FROM pg_publication WHERE pubname = 'shop_events';
SET ROLE outbox_writer;
INSERT INTO shop.outbox(aggregatetype, aggregateid, type, payload) VALUES ('order', '1', 'created', '{"kept": 1}');
INSERT INTO shop."Brief ""x"""(aggregatetype, aggregateid, type, payload) VALUES ('order', '1', 'created', '{"forgotten": 1}'), ('order', '1', 'created', '{"forgotten": 2}');
INSERT INTO shop.turning(aggregatetype, aggregateid, type, payload) VALUES ('order', '1', 'created', '{"generation": 1}');
SELECT * FROM shop.outbox;
DELETE FROM shop."Brief ""x""";
RESET ROLE;
SET ROLE outbox_reader;
SELECT (SELECT count(*) FROM shop.outbox) AS outbox, (SELECT count(*) FROM shop."Brief ""x""") AS brief, (SELECT count(*) FROM shop.turning_g1) AS turning;
INSERT INTO shop.outbox(aggregatetype, aggregateid, type, payload) VALUES ('order', '1', 'created', '{}');
RESET ROLE;
SELECT * FROM outbox_events();
-- The rows of a generation are events although it is dropped before they are read.
INSERT INTO shop.turning(aggregatetype, aggregateid, type, payload) VALUES ('order', '1', 'created', '{"generation": 1.5}');
SELECT outflow.rotate_outbox('shop.turning');
INSERT INTO shop.turning(aggregatetype, aggregateid, type, payload) VALUES ('order', '1', 'created', '{"generation": 2}');
SELECT outflow.rotate_outbox('shop.turning');
SELECT outflow.rotate_outbox('shop.turning', 0);
INSERT INTO shop.turning(aggregatetype, aggregateid, type, payload) VALUES ('order', '1', 'created', '{"generation": 4}');
SELECT * FROM outbox_events();
SET ROLE outbox_reader;
SELECT tableoid::regclass, payload FROM shop.turning_g4;
RESET ROLE;
SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'shop.turning'::regclass;
-- What cannot be.
SELECT outflow.create_outbox('shop');
SELECT outflow.create_outbox('shop', 'other', 'something');
SELECT outflow.rotate_outbox('shop.outbox');
SELECT outflow.rotate_outbox('shop.turning', -1);
SET ROLE outbox_writer;
SELECT outflow.create_outbox('shop', 'mine');
SELECT outflow.rotate_outbox('shop.turning');
RESET ROLE;
SELECT count(*) FROM outbox_events();
SET client_min_messages = warning;
DROP FUNCTION outbox_events;
DROP PUBLICATION shop_events;
DROP SCHEMA shop CASCADE;
DROP ROLE outbox_writer, outbox_reader;
