-- Parts of the envelope in a flat row and in its headers: under each operation, with and without an
-- old row, with nulls, defaults, and tables that lack what is named.
-- runs: flat_fields, flat_fields_plain, flat_columns, flat_columns_plain, flat_headers, flat_headers_routed, flat_headers_json, flat_headers_json_plain, flat_nulls, flat_nulls_kept, flat_no_list
create table plain(id int primary key, v text, n numeric(10, 2) default 1.5, w text not null default 'w', c int default 7);
create table full_row(id int primary key, v text, n numeric(10, 2), w text not null, c int default 7);
alter table full_row replica identity full;
create table keyless(v text, n numeric(10, 2));
alter table keyless replica identity full;
create table without(id int primary key, other text, op text, version int not null);
create table empty_one(id int primary key, v text);
insert into plain values (1, 'before', 2.25, 'x', 1), (2, null, null, 'y', null);
insert into full_row values (1, E'q"u\\o\te 😀', -3.10, '', null);
insert into without values (1, 'o', 'p', 5);
-- @stream
insert into plain values (3, 'a', 1.10, 'b', 2), (4, null, null, 'c', null);
insert into plain(id, v) values (5, '');
update plain set v = 'changed' where id = 3;
update plain set v = null, n = null, c = null where id = 1;
update plain set id = 6 where id = 4;
delete from plain where id = 3;
insert into full_row values (2, null, null, 'f', 3);
update full_row set v = 'later', n = 0 where id = 2;
update full_row set v = null, w = E'\\"' where id = 1;
update full_row set id = 9, v = 'moved' where id = 1;
delete from full_row;
insert into keyless values ('k', 1), (null, null);
update keyless set v = 'l' where v = 'k';
delete from keyless;
insert into without values (2, 'o', null, 6);
update without set op = 'q' where id = 1;
delete from without;
truncate plain;
select pg_logical_emit_message(true, 'flat', 'text');
begin;
insert into plain(id) values (10);
insert into empty_one values (1, 'x');
commit;
