-- A transaction that was replayed from another node carries that node's name, position and time.
-- runs: default, plain, metadata, metadata_plain

create table replayed(id int primary key);
-- @stream
select pg_replication_origin_create('compare "node" ü');
select pg_replication_origin_session_setup('compare "node" ü');
begin;
select pg_replication_origin_xact_setup('0/1234', '2020-01-02 03:04:05.678901+00');
insert into replayed values (1), (2);
commit;
insert into replayed values (3);
select pg_replication_origin_session_reset();
insert into replayed values (4);
-- @sync
select pg_replication_origin_drop('compare "node" ü');
insert into replayed values (5);
