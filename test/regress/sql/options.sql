\set VERBOSITY default
\set SHOW_CONTEXT never
SELECT * FROM events('tabel.include.list', 'public.a');
SELECT * FROM events('nothing.like.it', 'x');
SELECT * FROM events('decimal.handling.mode', 'doubel');
SELECT * FROM events('tombstones.on.delete', 'maybe');
SELECT * FROM events('skipped.operations', 'x');
SELECT * FROM events('outflow.sequence.lsn', '12');
SELECT * FROM events('table.include.list', 'a', 'table.exclude.list', 'b');
SELECT * FROM events('table.include.list', 'public.(');
SELECT * FROM events('format', 'xml');
SELECT outflow.preview(c, 'x') FROM pg_class c LIMIT 1;
SELECT outflow.preview(c, 'c', '{topic.prefix}') FROM pg_class c LIMIT 1;
SELECT outflow.preview(c) FROM pg_class c LIMIT 1;
SELECT outflow.preview(r) FROM (SELECT 1 AS one) r;
SELECT * FROM outflow.captured_tables('{table.include.lst,x}');
