-- Row filters and column lists of a root, whose leaves have their columns in another order; a
-- partitioned table that is published below its root.
-- runs: via_root, metadata_by_hand
-- publishes: table root_filters.root (id, part, a) where (id > 10 and part <> 7)
-- publishes: table root_filters.middle where (part < 15)

create table root(id int, part int, hidden text, a text, primary key (id, part)) partition by range (part);
create table leaf(a text, hidden text, part int not null, x int, id int not null);
alter table leaf drop column x;
alter table root attach partition leaf for values from (0) to (10);
create table leaf_two partition of root for values from (10) to (20);
create table top(id int, part int, a text, primary key (id, part)) partition by range (part);
create table middle(part int not null, a text, id int not null, primary key (id, part)) partition by range (part);
create table bottom(id int not null, part int not null, a text, primary key (id, part));
alter table middle attach partition bottom for values from (10) to (15);
create table bottom_two(a text, id int not null, part int not null, primary key (id, part));
alter table middle attach partition bottom_two for values from (15) to (20);
alter table top attach partition middle for values from (10) to (20);
create table beside partition of top for values from (0) to (10);
insert into root values (1, 1, 'h', 'a'), (11, 1, 'h', 'b');
insert into top values (1, 1, 'a'), (2, 11, 'b');
-- @stream
insert into root values (2, 1, 'h', 'no'), (12, 1, 'h', 'yes'), (13, 7, 'h', 'no'), (14, 11, 'h', 'yes');
update root set a = 'again' where id = 12;
update root set id = 3 where id = 12;
update root set id = 15 where id = 3;
update root set part = 12 where id = 15;
update root set part = 7 where id = 15;
update root set part = 1 where id = 13;
delete from root;
insert into top values (3, 2, 'beside'), (4, 12, 'below'), (5, 16, 'filtered');
update top set a = 'changed';
update top set part = 16 where id = 4;
delete from top;
truncate top;
truncate root;
insert into root values (20, 1, 'h', 'end');
