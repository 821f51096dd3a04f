-- The text family and everything that JSON must escape.
-- runs: default, plain, microseconds

create table texts(id int primary key, t text, v varchar(20), c char(5), bp bpchar, one "char", vn varchar);
insert into texts values (1, 'plain', 'v', 'ab', 'bp', 'x', 'vn');
insert into texts(id) values (2);
-- @stream
insert into texts(id, t) values
  (10, ''), (11, E'quote " backslash \\ slash / '' tick'), (12, E'\b\t\n\f\r'), (13, E'\x01\x02\x1b\x1f\x7f'),
  (14, 'äöü ß € 漢字 עברית'), (15, '😀 𝄞 and 👩‍👩‍👧'), (16, E'\u2028 \u2029 \uFEFF \uFFFD'), (17, '<a href="x">&amp;</a>'),
  (18, repeat('ab😀', 50)), (19, ' leading and trailing '), (20, E'\U0010FFFF\U00010000\uD7FF\uE000');
insert into texts(id, v, c, bp, one, vn) values
  (30, 'twenty characters!!!', 'abcde', 'x   ', 'y', ''), (31, '', '', '', '', 'ü'), (32, 'ü😀', 'ü', ' ', ' ', E'\\');
update texts set t = t || '!' where id between 10 and 20;
delete from texts where id > 15;
