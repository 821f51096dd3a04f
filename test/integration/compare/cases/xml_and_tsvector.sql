-- xml and tsvector are named strings.
-- runs: default, strings, isostring

create table documents(id int primary key, x xml, t tsvector, c "char", xr xml default '<a/>');
insert into documents values (1, '<a b="c">ü &amp; 😀</a>', 'a:1 b:2', 'x', '<b/>');
insert into documents(id) values (2);
create table required(id int primary key, x xml not null, t tsvector not null, c "char" not null);
insert into required values (1, '<a/>', 'a', 'x');
create table large(id int primary key, n int, x xml, t tsvector, xa xml[], ta tsvector[]);
alter table large alter x set storage external, alter t set storage external, alter ta set storage external;
insert into large select 1, 1, ('<a>' || repeat('x', 3000) || '</a>')::xml, (select array_to_tsvector(array_agg('word' || i)) from generate_series(1, 1000) i), null,
  array[(select array_to_tsvector(array_agg('word' || i)) from generate_series(1, 1000) i)];
create table many(id int primary key, x xml[], t tsvector[]);
insert into many values (1, '{<a/>}', '{a:1,b}');
-- @stream
insert into documents values (10, 'plain', '', '', null), (11, '<?xml version="1.0"?><a/>', '''it''''s'':1A,2B \\', '\377', '<c/>'), (12, '', 'ü:3 😀', '"', null);
update large set n = 2;
insert into many values (2, '{}', '{}'), (3, null, null), (4, null, array[null::tsvector, 'a b']), (5, '{<a/>,null}', array['x:1 ''c,d''']::tsvector[]);
delete from required;
delete from documents where id = 1;
