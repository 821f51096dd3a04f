-- The slots are gone: when_needed takes a new snapshot.
-- runs: snapshot_when_needed

create table kept(id int primary key, a text);
create table other(id int primary key, a text);
insert into kept values (1, 'a'), (2, 'b');
-- @stream
insert into kept values (3, 'c');
insert into other values (1, 'a');
-- @restart
select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = current_database();
insert into kept values (4, 'd');
delete from kept where id = 1;
-- @sync
insert into kept values (5, 'e');
update other set a = 'A';
