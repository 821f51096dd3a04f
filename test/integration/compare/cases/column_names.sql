-- Rules and odd names of columns and types; a column that comes under a rule by its new name.
-- runs: column_names

create type "Mood x" as enum ('sad', 'ok');
create table t(id int primary key, "Mixed Case" text, "we.ird" text, "com,ma" text, "qu""ote" text, "üml" varchar(9), plain text, later text, e "Mood x", es "Mood x"[]);
insert into t values (1, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'ok', '{ok}');
-- @stream
insert into t values (2, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'ok', '{ok}');
-- @sync
alter table t rename column plain to secret;
insert into t values (3, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'ok', '{ok}');
-- @sync
alter table t alter column later type varchar(2);
insert into t values (4, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'ok', '{ok}');
-- @sync
alter table t drop column "com,ma", add column secret2 text default 'x';
insert into t values (5, 'a', 'b', 'd', 'e', 'f', 'g', 'ok', '{ok}', null);
delete from t;
