-- Unchanged large values of the types that are no plain text.
-- runs: default, strings, doubles, isostring, microseconds, nanoseconds

create type pair as (a int, b text);
create domain words as text;
create table large(id int primary key, n int, b bit varying, g polygon, c pair, r numrange, ra int4range[], la pg_lsn[], ba bit(3)[],
  da words[], ia inet[], ta text[], fa float8[], boa bool[], na name[], ti time[], ts timestamp[], tz timestamptz[], dd date[], en numrange[]);
do $$ declare c text; begin
  for c in select attname from pg_attribute where attrelid = 'large'::regclass and attnum > 2 loop
    execute format('alter table large alter %I set storage external', c);
  end loop; end $$;
insert into large select 1, 1, repeat('10', 20000)::varbit, polygon(300, '<(0,0),1>'), row(1, repeat('x', 3000))::pair,
  numrange(repeat('1', 5000)::numeric, null), array_fill('[1,5)'::int4range, array[300]), array_fill('0/1'::pg_lsn, array[300]), array_fill(B'101', array[300]),
  array_fill('word'::words, array[500]), array_fill('::1'::inet, array[300]), array_fill('text'::text, array[500]), array_fill(1.5::float8, array[500]), array_fill(true, array[5000]),
  array_fill('name'::name, array[100]), array_fill('10:20'::time, array[500]), array_fill('2024-01-31'::timestamp, array[500]), array_fill('2024-01-31Z'::timestamptz, array[500]),
  array_fill('2024-01-31'::date, array[1000]), array_fill('[1,2]'::numrange, array[300]);
create domain amount as numeric;
create table amounts(id int primary key, n int, a numeric, d amount);
alter table amounts alter a set storage external, alter d set storage external;
insert into amounts select 1, 1, repeat('7', 9000)::numeric, repeat('7', 9000)::numeric;
-- @stream
update amounts set n = 2;
update large set n = 2;
