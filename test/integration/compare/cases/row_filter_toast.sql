-- Row filters over values out of line: the old row has what the new one lacks.
-- runs: by_hand
-- publishes: table row_filter_toast.full_rows where (length(big) > 2500 and n < 100)
-- publishes: table row_filter_toast.keyed where (n > 10)

create table full_rows(id int primary key, n int, big text, other text);
alter table full_rows alter big set storage external;
alter table full_rows alter other set storage external;
alter table full_rows replica identity full;
create table keyed(id int, n int, big text, primary key (id, n));
alter table keyed alter big set storage external;
-- @stream
insert into full_rows values (1, 1, repeat('a', 3000), repeat('o', 3000));
insert into full_rows values (2, 1, repeat('a', 2300), 'short');
update full_rows set n = 2 where id = 1;
update full_rows set n = 200 where id = 1;
update full_rows set n = 3 where id = 1;
update full_rows set big = repeat('b', 2200) where id = 1;
update full_rows set big = repeat('c', 2600) where id = 1;
update full_rows set other = null where id = 1;
delete from full_rows;
insert into keyed values (1, 1, repeat('k', 3000)), (2, 11, repeat('k', 3000));
update keyed set n = 12 where id = 1;
update keyed set id = 3 where id = 2;
update keyed set n = 2;
delete from keyed;
