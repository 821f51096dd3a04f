-- Tables and messages that are not captured. What the publication holds moves sequence[0] all the
-- same; what it does not hold leaves no trace.
-- runs: filtered, filtered_publication, metadata_filtered
-- topics: message

create table seen_one(id int primary key, a text);
create table seen_two(id int primary key);
create table hidden(id int primary key);
insert into seen_one values (1, 'a');
insert into hidden values (1);
-- @stream
insert into seen_one values (2, 'b');
insert into hidden values (2);
insert into seen_one values (3, 'c');
begin;
insert into hidden values (3);
insert into seen_two values (3);
insert into hidden values (4);
commit;
select pg_logical_emit_message(true, 'wanted', 'x');
select pg_logical_emit_message(true, 'unwanted', 'x');
insert into seen_one values (4, 'd');
select pg_logical_emit_message(false, 'unwanted', 'x');
insert into seen_one values (5, 'e');
create table made_later(id int primary key);
insert into made_later values (1);
insert into seen_one values (6, 'f');
