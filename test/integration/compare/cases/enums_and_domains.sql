-- Enums in their own sort order; domains as their root type, with its length and scale.
-- runs: default, strings

create type mood as enum ('sad', 'ok', 'happy');
alter type mood add value 'so-so' before 'ok';
create type "Odd Mood" as enum ('it''s', 'a"b', '😀', 'x,y');
create domain small as numeric(6,2) check (value > 0);
create domain smaller as small;
create domain code as varchar(3);
create domain stamp as timestamp(3);
create domain whole as int not null;
create table things(id int primary key, m mood, o "Odd Mood", s small, ss smaller, c code, st stamp, w whole);
insert into things values (1, 'sad', 'it''s', 1.5, 2.25, 'abc', '2024-01-31 10:20:11.123', 7), (2, null, null, null, null, null, null, 8);
-- @stream
insert into things values (3, 'so-so', 'a"b', 9999.99, 0.01, 'ü', '1969-12-31 23:59:59.999', -1),
  (4, 'happy', '😀', 1, 1, '', '2024-01-31', 0), (5, 'ok', 'x,y', null, null, null, null, 1);
update things set m = 'ok' where id = 1;
delete from things where id in (1, 3);
