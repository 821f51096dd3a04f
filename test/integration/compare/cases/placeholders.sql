-- The placeholder of an unchanged large value, given as text or as bytes.
-- runs: default, question_mark, hex_placeholder

create table large(id int primary key, n int, t text, by bytea, ia int[], ua uuid[], h jsonb, d date[]);
alter table large alter t set storage external, alter by set storage external, alter ia set storage external,
  alter ua set storage external, alter h set storage external, alter d set storage external;
insert into large select 1, 1, repeat('t', 3000), convert_to(repeat('b', 3000), 'UTF8'), array(select generate_series(1, 1000)),
  array(select gen_random_uuid() from generate_series(1, 300)), to_jsonb(repeat('j', 3000)), array_fill('2024-01-31'::date, array[1000]);
-- @stream
update large set n = 2;
