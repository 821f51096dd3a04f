-- REPLICA IDENTITY USING INDEX with primary keys of every kind: the zero-valued old keys of the
-- reference, in the key and in the headers.
-- runs: default, strings, doubles, isostring, nanoseconds

do $$
declare kind text; n int := 0; made text;
  kinds text[] := array['smallint', 'bigint', 'oid', 'numeric', 'numeric(9)', 'numeric(6,2)', 'numeric(38,10)', 'text', 'varchar(20)', 'char(4)',
    'boolean', 'real', 'double precision', 'bit(13)', 'bytea', 'uuid', 'date', 'time', 'time(3)', 'timetz', 'timestamptz', 'timestamptz(0)', 'interval', 'inet', 'money'];
begin
  foreach kind in array kinds loop
    n := n + 1;
    made := case when kind like 'numeric%' or kind like '%int' or kind in ('oid', 'real', 'double precision', 'money') then '7' when kind = 'boolean' then 'true'
      when kind like 'bit%' then '1000000000001' when kind = 'uuid' then 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' when kind = 'date' then '2024-01-31'
      when kind like 'timestamp%' then '2024-01-31 10:20:11Z' when kind like 'time%' then '10:20:30' when kind = 'interval' then '1 day' when kind = 'inet' then '::1' else 'k' end;
    execute format('create table of_%s(k %s primary key, code int not null unique)', n, kind);
    execute format('alter table of_%s replica identity using index of_%s_code_key', n, n);
    execute format('insert into of_%s values (%L, 1)', n, made);
  end loop;
end $$;
-- @stream
do $$ begin for n in 1..25 loop execute format('update of_%s set code = 2', n); end loop; end $$;
do $$ begin for n in 1..25 loop execute format('delete from of_%s', n); end loop; end $$;
