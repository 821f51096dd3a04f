-- Some of the captured tables are in the snapshot, in the order of table.include.list's items, which
-- the markers show.
-- runs: snapshot_lists

create table z_first(id int primary key, a text);
create table a_second(id int primary key, a text);
create table m_not_read(id int primary key, a text);
create table "Mixed"(id int primary key, a text);
create table empty_one(id int primary key);
insert into z_first values (1, 'a'), (2, 'b'), (3, 'c');
insert into a_second values (1, 'a'), (2, 'b');
insert into m_not_read values (1, 'a'), (2, 'b');
insert into "Mixed" values (1, 'a'), (2, 'b');
-- @stream
insert into z_first values (4, 'd');
insert into a_second values (3, 'c');
update m_not_read set a = 'x' where id = 1;
insert into "Mixed" values (3, 'c');
insert into empty_one values (1);
