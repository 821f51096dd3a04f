-- Types without a mapping: left out, or opaque bytes of their text with include.unknown.datatypes.
-- A refcursor in a snapshot stops the reference: the driver fetches from the cursor.
-- runs: default, strings, isostring, microseconds, nanoseconds

create type pair as (a int, b text);
create domain place as pg_lsn;
create domain small as int check (value < 100);
create table unknown(id int primary key, l pg_lsn, q tsquery, s pg_snapshot, t txid_snapshot, x xid, x8 xid8, ti tid,
  c pair, cls regclass, typ regtype, rol regrole, prc regproc, cur refcursor, jp jsonpath, cd cid, v int2vector, ov oidvector, pl place, known text);
insert into unknown values (1, '0/16B3748', 'a & b', '10:20:10,14', '10:20:10,14', '5', '6', '(1,2)', '(1,"x ü")', 'pg_class', 'int4', 'postgres', 'now', null, '$.a', '3', '1 2', '3 4', '0/1', 'k');
insert into unknown(id) values (2);
create table required(id int primary key, l pg_lsn not null, c pair not null);
insert into required values (1, '0/1', '(1,)');
create table only_unknown(l pg_lsn, c pair);
insert into only_unknown values ('0/1', null);
create table many(id int primary key, l pg_lsn[], q tsquery[], s pg_snapshot[], x xid[], x8 xid8[], ti tid[], c pair[], cls regclass[], cur refcursor[], jp jsonpath[], n name[],
  one "char"[], pl place[], sm small[]);
-- @stream
insert into unknown(id, cur, v, ov) values (9, 'cur', '1 2', '3');
insert into unknown(id, l, c, known) values (10, 'FFFFFFFF/FFFFFFFF', '(,"a ""q"" \\ b")', 'x'), (11, null, null, null);
update unknown set known = 'y', l = '0/2' where id = 1;
insert into required values (2, '0/1', '(1,)');
insert into only_unknown values ('0/2', '(3,c)');
delete from required;
insert into many(id) values (2);
insert into many values (3, '{0/1,0/2}', '{a & b}', '{10:20:}', '{1}', '{2}', '{"(1,2)"}', array['(1,"x,y")'::pair], '{pg_class}', '{cur}', '{$.a}', '{n}', '{a,b}', '{0/1}', '{1,2}');
insert into many(id, l) values (4, '{}'), (5, '{null,0/1}');
insert into many(id, c) values (6, '{}'), (7, array[null::pair]);
insert into many(id, sm, one) values (8, '{null,1}', '{null,x}');
