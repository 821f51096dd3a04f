-- Types that are called like pgvector's and are not: a text that is no list of numbers is null.
\set VERBOSITY terse
\set SHOW_CONTEXT never
SET client_min_messages = error;
CREATE SCHEMA strange;
SET search_path = strange, public;
CREATE TYPE vector;
CREATE FUNCTION vector_in(cstring) RETURNS vector LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION vector_out(vector) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE vector (INPUT = vector_in, OUTPUT = vector_out, INTERNALLENGTH = VARIABLE);
CREATE TYPE sparsevec;
CREATE FUNCTION sparsevec_in(cstring) RETURNS sparsevec LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION sparsevec_out(sparsevec) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE sparsevec (INPUT = sparsevec_in, OUTPUT = sparsevec_out, INTERNALLENGTH = VARIABLE);
RESET client_min_messages;
CREATE TABLE vectors (id int PRIMARY KEY, v vector, s sparsevec);
INSERT INTO vectors VALUES
    (1, '[1,2.5]', '{1:1.5}/3'), (2, '', ''), (3, 'abc', 'abc'), (4, '[', '{'), (5, '[1,x]', '{1:x}/3'),
    (6, '[1', '{1:1.5'), (7, '[]', '{}/3'), (8, '[1]z', '{1:1.5}'), (9, '[1 2]', '{1 2}/3');
SELECT id, outflow.preview(t.*)::jsonb -> 'after' AS after FROM vectors AS t ORDER BY id;
-- The stream reads them the same way.
SELECT count(*) FROM pg_logical_slot_get_changes('regress', NULL, NULL);
DROP SCHEMA strange CASCADE;
