\set VERBOSITY default
\set SHOW_CONTEXT never
CREATE TABLE shop_eu (id int PRIMARY KEY);
-- Routers in order, on the topic that the one before made; predicates look at that topic too.
SELECT topic FROM outflow.captured_tables('{outflow.transforms,"regex,regex.2",
    regex.regex,"(.*)\.shop_(.*)",regex.replacement,"$1.$2",
    regex.2.regex,".*(eu)",regex.2.replacement,"\\$1-$1",regex.2.predicate,"outflow.*"}');
SELECT topic FROM outflow.captured_tables('{outflow.transforms,regex,regex.regex,"(.*)",
    regex.replacement,all,regex.predicate,outflow.*,regex.negate,true}');
SELECT topic FROM outflow.captured_tables('{outflow.transforms,regex,regex.regex,"o|outflow.*",
    regex.replacement,x}');
-- What is wrong is named.
SELECT * FROM events('outflow.transforms', 'filter');
SELECT * FROM events('outflow.transforms', 'regex,regex');
SELECT * FROM events('outflow.transforms', 'regex', 'regex.regex', 'x');
SELECT * FROM events('outflow.transforms', 'regex', 'regex.regex', '(', 'regex.replacement', 'x');
SELECT * FROM events('outflow.transforms', 'regex', 'regex.regex', 'x', 'regex.replacement', '$1');
SELECT * FROM events('outflow.transforms', 'regex', 'regex.regx', 'x');
SELECT * FROM events('outflow.transforms', 'regex', 'regex.negate', 'maybe');
SELECT * FROM events('regex.regex', 'x');
DROP TABLE shop_eu;
-- ExtractNewRecordState: rows instead of envelopes, for the topics of its predicate.
CREATE TABLE flat (id int PRIMARY KEY, v text NOT NULL);
CREATE TABLE other (id int PRIMARY KEY);
INSERT INTO flat VALUES (1, 'a');
UPDATE flat SET v = 'b';
UPDATE flat SET id = 2;
DELETE FROM flat;
TRUNCATE flat;
INSERT INTO other VALUES (1);
SELECT mask(data) FROM pg_logical_slot_peek_changes('regress', NULL, NULL, 'outflow.transforms', 'unwrap',
    'unwrap.predicate', '.*flat', 'skipped.operations', 'none');
SELECT mask(data) FROM pg_logical_slot_get_changes('regress', NULL, NULL, 'outflow.transforms', 'unwrap',
    'unwrap.delete.tombstone.handling.mode', 'rewrite', 'unwrap.predicate', '.*flat');
SELECT outflow.preview(f, 'c', '{outflow.transforms,unwrap,value.converter.schemas.enable,true}')
FROM (VALUES (1)) v, LATERAL (SELECT (1, 'x')::flat AS f) r;
SELECT * FROM events('outflow.transforms', 'unwrap', 'unwrap.add.fields', 'op');
DROP TABLE flat, other;
