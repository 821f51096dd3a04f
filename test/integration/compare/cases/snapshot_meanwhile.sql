-- Rows that came while both were stopped.
-- runs: snapshot_initial, snapshot_when_needed_kept, snapshot_always, snapshot_no_data, snapshot_by_configuration, snapshot_stream_by_configuration

create table kept(id int primary key, a text);
insert into kept values (1, 'a'), (2, 'b');
-- @stream
insert into kept values (3, 'c');
-- @restart
insert into kept values (4, 'd');
delete from kept where id = 1;
-- @sync
insert into kept values (5, 'e');
