-- Arrays in arrays: null for each inner one, or for all where elements may not be null. (Of strings
-- the reference prints random text.)
-- runs: default, isostring, doubles

create table nested(id int primary key, i int[][], l bigint[][], b bool[][], d float8[][], n numeric[][], n62 numeric(6,2)[][], p pg_lsn[][], da date[][], ts timestamp[][], o oid[][], by bytea[][]);
-- @stream
insert into nested(id, i, l) values (1, '{{1,2},{3,4}}', '{{1},{2},{3}}'), (2, '{{{1}}}', null);
insert into nested(id, b) values (3, '{{t},{f}}');
insert into nested(id, d) values (4, '{{1,2}}');
insert into nested(id, n) values (5, '{{1,2}}');
insert into nested(id, n62) values (6, '{{1,2}}');
insert into nested(id, p) values (9, '{{0/1}}');
insert into nested(id, da) values (10, '{{2024-01-31}}');
insert into nested(id, ts) values (11, '{{2024-01-31}}');
insert into nested(id, o) values (12, '{{1}}');
insert into nested(id, by) values (13, array[array['\x01'::bytea]]);
insert into nested(id, n) values (14, '{{NaN,2},{1,2}}');
