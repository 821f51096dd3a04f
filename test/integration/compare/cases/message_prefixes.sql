-- Logical messages that the lists of prefixes take or leave, inside transactions and outside; one that
-- is left out leaves no record, and still is what pgoutput sent last.
-- runs: messages_included, messages_excluded
-- topics: message

create table rows(id int primary key);
-- @stream
insert into rows values (1);
select pg_logical_emit_message(true, 'audit', 'a');
select pg_logical_emit_message(true, 'AUDIT', 'b');
select pg_logical_emit_message(true, 'audit_more', 'c');
select pg_logical_emit_message(true, 'more audit', 'd');
select pg_logical_emit_message(false, 'audit', 'e');
select pg_logical_emit_message(false, 'other', 'f');
insert into rows values (2);
select pg_logical_emit_message(true, '', 'g');
select pg_logical_emit_message(true, 'log.info', 'h');
select pg_logical_emit_message(false, 'log.', 'i');
select pg_logical_emit_message(true, 'log_info', 'j');
select pg_logical_emit_message(true, 'with,comma', 'k');
begin;
select pg_logical_emit_message(true, 'other', 'l');
select pg_logical_emit_message(true, 'audit', 'm');
insert into rows values (3);
select pg_logical_emit_message(true, 'other', 'n');
commit;
begin;
select pg_logical_emit_message(true, 'other', 'o');
commit;
insert into rows values (4);
