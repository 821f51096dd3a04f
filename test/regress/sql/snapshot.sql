\set VERBOSITY terse
\set SHOW_CONTEXT never
CREATE TABLE snap (id int PRIMARY KEY, a text, big text, twice int GENERATED ALWAYS AS (id * 2) STORED);
ALTER TABLE snap ALTER big SET STORAGE EXTERNAL;
INSERT INTO snap VALUES (1, 'one', NULL), (2, NULL, repeat('y', 3000));
ALTER TABLE snap ADD COLUMN later int DEFAULT 8;
-- The value of a row, as it would go out for each operation.
SELECT mask(outflow.preview(s, 'r', '{topic.prefix,outflow}')) FROM snap s WHERE id = 1;
SELECT outflow.preview(s, op)::json ->> 'op' AS op, outflow.preview(s, op)::json ->> 'before' AS before
FROM snap s, unnest('{c,u,d,r}'::text[]) op WHERE id = 1;
SELECT length(outflow.preview(s)::json -> 'after' ->> 'big') FROM snap s WHERE id = 2;
-- The snapshot's record: type E, op r, with the marker's place.
SELECT convert_from(substr(r, 1, 2), 'UTF8') AS record,
    convert_from(substr(r, position('"snapshot":"true"'::bytea IN r), 17), 'UTF8') AS marker,
    position('"snapshot":"true"'::bytea IN r) + 12 = 49 + get_byte(r, 32) + get_byte(r, 12) + get_byte(r, 13) * 256 AS offset_fits
FROM (SELECT outflow.snapshot(s, '{topic.prefix,shop,outflow.snapshot.lsn,0/16B3748,outflow.snapshot.xid,77,outflow.snapshot.time_us,1700000000000000}') AS r FROM snap s) x;
-- Rights: snapshots are not for everyone; previews are.
CREATE ROLE regress_outflow_reader;
SET ROLE regress_outflow_reader;
SELECT outflow.snapshot(r, '{}') FROM pg_class r LIMIT 1;
SELECT count(*) FROM outflow.captured_tables();
SELECT outflow.version() <> '' AS ok;
RESET ROLE;
DROP ROLE regress_outflow_reader;
DROP TABLE snap;
SELECT * FROM chunks();
SELECT count(*) FROM events();
