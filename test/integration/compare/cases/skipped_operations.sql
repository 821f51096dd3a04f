-- Skipped operations. An explicit list becomes that of the publication, which then has no trace of
-- them; where it was made by hand, records are skipped: a key change may lose one of its two.
-- runs: skipped_deletes, skipped_updates, every_operation, skipped_creates, flat_skipped_creates, flat_skipped_deletes, metadata_by_hand
-- publishes: table skipped_operations.rows
-- publishes: table skipped_operations.filtered where (id > 10)

create table rows(id int primary key, a text);
create table filtered(id int primary key, a text);
insert into rows values (1, 'a'), (2, 'b'), (3, 'c');
-- @stream
insert into rows values (4, 'd');
delete from rows where id = 1;
insert into rows values (5, 'e');
update rows set a = 'changed' where id = 5;
insert into rows values (8, 'h');
begin;
delete from rows where id = 2;
update rows set id = 6 where id = 3;
update rows set a = 'again' where id = 6;
commit;
update rows set id = 7 where id = 6;
insert into filtered values (1, 'a'), (11, 'b');
update filtered set id = 12 where id = 1;
update filtered set id = 13 where id = 12;
update filtered set id = 3 where id = 13;
update filtered set a = 'c';
truncate rows;
delete from filtered;
insert into rows values (9, 'f');
delete from rows;
