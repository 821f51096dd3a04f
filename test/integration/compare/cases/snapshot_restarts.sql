-- What a restart does to the rows that exist, and to those that came while nobody read.
-- runs: snapshot_initial, snapshot_always, snapshot_no_data, snapshot_by_configuration, snapshot_stream_by_configuration

create table kept(id int primary key, a text);
create table other(id int primary key, a text);
insert into kept values (1, 'a'), (2, 'b');
insert into other values (1, 'a');
-- @stream
insert into kept values (3, 'c');
update kept set a = 'B' where id = 2;
-- @restart
-- @sync
insert into kept values (4, 'd');
insert into other values (2, 'b');
delete from kept where id = 1;
