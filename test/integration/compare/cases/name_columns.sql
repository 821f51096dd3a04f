-- Columns of type name: text in the snapshot; in the stream only with include.unknown.datatypes.
-- runs: default, isostring

create table names(id int primary key, a name, b name not null, c name default 'dflt');
insert into names values (1, 'snap', 'shot', 'c'), (2, null, 'b', null);
-- @stream
insert into names values (3, 'stream', 'ed', 'c'), (4, null, 'b', null);
update names set a = 'again' where id = 1;
delete from names where id = 2;
