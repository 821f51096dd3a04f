-- One-dimensional arrays of the scalar types, with null elements, empty and null.
-- runs: default, strings, doubles, isostring, microseconds, nanoseconds

create type mood as enum ('sad', 'ok', 'happy');
create domain numbers as int[];
create table arrays(id int primary key, b boolean[], s smallint[], i int[], l bigint[], r real[], d double precision[],
  n numeric[], n62 numeric(6,2)[], t text[], v varchar(10)[], c char(3)[], by bytea[], u uuid[], j json[], jb jsonb[],
  da date[], ti time[], ts timestamp[], tz timestamptz[], m mood[], dom numbers);
insert into arrays values (1, '{t,f}', '{1,2}', '{3,-4}', '{5,6}', '{1.5,2.5}', '{1e7,0.1}', '{10.50,1e10}', '{1.1,2}',
  '{a,"b c"}', '{v}', '{ab}', array['\x01ff'::bytea], '{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}',
  array['{"a": 1}'::json], array['{"a":1}'::jsonb], '{2024-01-31}', '{10:20:30}', '{"2024-01-31 10:20:11.5"}',
  '{"2024-01-31 10:20:11.5+02"}', '{sad,happy}', '{1,2,3}');
insert into arrays(id) values (2);
-- @stream
insert into arrays(id, b, s, i, l, r, d, n, n62, t, v, c, by, u, j, jb, da, ti, ts, tz, m, dom) values
  (10, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}'),
  (11, '{null,t}', '{null,1}', '{null,1}', '{null,1}', '{null,1}', '{null,NaN,Infinity}', '{null,1}', '{null,1}', '{null,"null",""}',
   '{null}', '{null}', array[null, ''::bytea], '{null}', array[null::json], array[null::jsonb], '{null}', '{null}', '{null}', '{null}', null, '{null}');
insert into arrays(id, t) values (20, array[E'quote " and \\', E'line\nbreak', '{braces}', 'a,b', '😀', ' ']);
insert into arrays(id, ti, ts, tz, da) values (30, '{10:20:30.123456}', '{"1969-12-31 23:59:59.999999"}', '{"1969-12-31 23:59:59.999999Z"}', '{1969-12-31,1970-01-01}');
insert into arrays(id, i) values (31, '[5:7]={1,2,3}'), (32, '{{1,2},{3,4}}');
update arrays set i = i || 9 where id in (1, 10);
delete from arrays where id in (1, 2);
