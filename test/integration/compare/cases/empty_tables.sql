-- Tables without a row at the snapshot, and with one.
-- runs: default, flat, flat_drop, flat_rewrite, flat_rewrite_tombstone, flat_delete, flat_plain

create table aa_empty(id int primary key);
create table one_row(id int primary key);
insert into one_row values (1);
create table zz_empty(id int primary key);
-- @stream
insert into aa_empty values (1);
insert into zz_empty values (1);
