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
-- @sync
create table days(k date, t timestamp, c time, code int not null unique, primary key (k, t, c));
alter table days replica identity full;
insert into days values ('2024-01-31', '2024-01-31 00:00', '24:00', 1), ('1970-01-01', '1970-01-01 10:20:30.5', '10:20', 2), ('1969-12-31', '1969-12-31 23:59:59.9999', '00:00', 3),
  ('1970-01-02', '1970-01-02 00:00:00.0005', '10:20:30.123456', 4), ('0044-03-15 BC', '0044-03-15 10:00 BC', '10:20', 5), ('10000-01-01', '10000-01-01 00:00:00.001', '10:20', 6);
update days set c = c + interval '1 second';
