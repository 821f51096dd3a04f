-- Logical messages inside and outside of transactions; the latter move sequence[0].
-- runs: default, plain, strings, doubles, isostring, microseconds, nanoseconds, flat, flat_drop, flat_rewrite, flat_rewrite_tombstone, flat_delete, flat_plain, metadata, metadata_plain
-- topics: message

create table rows(id int primary key);
-- @stream
insert into rows values (1);
select pg_logical_emit_message(false, 'outside', 'text ü');
insert into rows values (2);
select pg_logical_emit_message(true, 'inside', 'alone');
begin;
insert into rows values (3);
select pg_logical_emit_message(true, 'in"side', '\x00ff'::bytea);
select pg_logical_emit_message(false, '', '');
insert into rows values (4);
commit;
begin;
select pg_logical_emit_message(true, 'rolled back', 'x');
select pg_logical_emit_message(false, 'kept', 'x');
rollback;
insert into rows values (5);
