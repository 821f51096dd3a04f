-- Columns whose real names have quotes around them: 3.6.1 takes them for quoted identifiers.
-- runs: quoted, avro_fields

create table quoted(id int primary key, """q""" int, "'s'" text, "`b`" int, "[x]" int, """odd" int, "'a''b'" int);
create table required(id int primary key, """q""" int not null, "'s'" text not null default 'x', """d""" int default 5);
create table keys("""k""" int primary key, v text);
insert into quoted values (1, 1, 'a', 2, 3, 4, 5);
insert into required values (1, 1, 'a');
insert into keys values (1, 'a');
-- @stream
insert into quoted values (2, 1, 'a', 2, 3, 4, 5);
update quoted set "'s'" = 'b';
delete from quoted where id = 1;
insert into required values (2, 2, 'b', 3), (3, 3, 'x', null);
delete from required where id = 1;
insert into keys values (2, 'b');
update keys set v = 'c' where """k""" = 2;
update keys set """k""" = 3 where """k""" = 2;
delete from keys where """k""" = 1;
