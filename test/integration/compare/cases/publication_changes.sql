-- Tables that come into the publication and leave it, lists and filters that change while rows flow.
-- runs: by_hand
-- publishes: table publication_changes.lists (id, a)
-- publishes: table publication_changes.leaves

create table lists(id int primary key, a text, b text);
create table leaves(id int primary key, a text);
create table comes(id int primary key, a text);
insert into lists values (1, 'a', 'b');
insert into leaves values (1, 'a');
insert into comes values (1, 'a');
-- @stream
insert into lists values (2, 'a', 'b');
insert into leaves values (2, 'a');
insert into comes values (2, 'not yet');
-- @sync
alter publication debezium add table comes where (id <> 4);
alter publication outflow add table comes where (id <> 4);
insert into comes values (3, 'published'), (4, 'filtered');
alter publication debezium drop table leaves;
alter publication outflow drop table leaves;
insert into leaves values (3, 'not any more');
insert into comes values (5, 'published');
-- @sync
alter publication debezium drop table lists;
alter publication outflow drop table lists;
alter publication debezium add table lists (b, id) where (id % 2 = 0);
alter publication outflow add table lists (b, id) where (id % 2 = 0);
insert into lists values (3, 'a', 'odd'), (4, 'a', 'even');
-- @sync
alter publication debezium set (publish = 'insert, delete');
alter publication outflow set (publish = 'insert, delete');
update lists set b = 'unseen';
truncate comes;
insert into lists values (6, 'a', 'even');
delete from lists;
-- @sync
alter publication debezium set (publish = 'insert, update, delete, truncate');
alter publication outflow set (publish = 'insert, update, delete, truncate');
begin;
insert into comes values (10, 'before');
alter table comes replica identity full;
update comes set a = 'after' where id = 10;
commit;
delete from comes;
