-- The built-in ranges are the server's text; multiranges and other ranges are unknown types.
-- runs: default, strings, isostring, microseconds, nanoseconds

create type floats as range (subtype = float8, multirange_type_name = floatses);
create table ranges(id int primary key, i4 int4range, i8 int8range, n numrange, ts tsrange, tz tstzrange, d daterange,
  f floats, m int4multirange, fm floatses, tm tstzmultirange);
insert into ranges values (1, '[1,5]', '(1,5)', '[1.5,2.50)', '[2024-01-31 10:20,2024-02-01)', '[2024-01-31 10:20+02,2024-02-01 00:00Z)', '[2024-01-31,2024-02-01]',
  '[1.5,2]', '{[1,2],[5,6]}', '{[1,2]}', '{[2024-01-31 10:20+02,2024-02-01 00:00Z)}');
insert into ranges(id) values (2);
create table required(id int primary key, i4 int4range not null, tz tstzrange not null, f floats not null, m nummultirange not null);
insert into required values (1, 'empty', '(,)', '(,)', '{}');
create table many(id int primary key, i4 int4range[], i8 int8range[], n numrange[], ts tsrange[], tz tstzrange[], d daterange[], f floats[], m int4multirange[]);
insert into many values (1, '{"[1,5]"}', '{"[1,5]"}', '{"[1,5]"}', '{"[2024-01-31,2024-02-01]"}', '{"[2024-01-31,2024-02-01]"}', '{"[2024-01-31,2024-02-01]"}', '{"[1,5]"}', '{"{[1,2]}"}');
-- @stream
insert into ranges values (10, 'empty', '(,)', '(,5]', '(,)', '[-infinity,infinity]', '[infinity,]', 'empty', '{}', '{}', '{}');
insert into ranges(id, ts, n) values (11, '("0044-03-15 12:00 BC",2000-01-01)', '[1e20,1e30]');
update ranges set i4 = i4 * '[2,3]' where id = 1;
insert into many values (2, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}'), (3, '{null,empty}', '{null}', '{null}', '{null}', '{null}', '{null}', null, null);
insert into many(id, f, m) values (4, '{null}', null), (5, null, '{null}');
delete from required;
