-- Several threads read the snapshot: what the first and the last row are. The reference cuts a
-- table with a key into pieces, whose rows then come in any order: those here have no key, or one row.
-- runs: snapshot_workers, snapshot_count_order, snapshot_count_order_single

create table a_first(n int, a text);
create table b_single(id int primary key, a text);
create table c_empty(n int);
create table d_more(n int, a text);
create table e_large(n int, a text);
create table f_last(n int, a text);
insert into a_first select i, 'a' || i from generate_series(1, 40) i;
insert into b_single values (1, 'one');
insert into d_more select i, 'd' || i from generate_series(1, 15) i;
insert into e_large select i, repeat('e', 200) from generate_series(1, 3000) i;
insert into f_last select i, 'f' || i from generate_series(1, 9) i;
-- @stream
insert into a_first values (41, 'streamed');
insert into c_empty values (1);
