-- A message outside transactions has the time of the last transaction that pgoutput sent: not of
-- one that changed only definitions, or was rolled back.
-- runs: default, plain
-- topics: message

create table rows(id int primary key);
create unlogged table unlogged(id int primary key);
-- @stream
insert into rows values (1);
create table made_later(id int);
select pg_logical_emit_message(false, 'message_times', 'after a definition');
insert into unlogged values (1);
select pg_logical_emit_message(false, 'message_times', 'after unlogged rows');
begin;
insert into rows values (2);
create table rolled_back(id int);
rollback;
select pg_logical_emit_message(false, 'message_times', 'after a rollback');
select pg_logical_emit_message(true, 'message_times', 'inside');
select pg_logical_emit_message(false, 'message_times', 'after it');
