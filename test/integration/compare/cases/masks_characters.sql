-- Every kind of character under digests and cuts: control characters, quotes, both sides of U+FFFF.
-- runs: column_rules, column_rules_texts, column_rules_base64

create table cut(id int primary key, a text, b varchar(6), c json, d bytea);
create table cut_more(like cut including all);
create table hashed(like cut including all);
create table hashed_v2(like cut including all);
create view characters as
select i as id, chr(i) || 'x' || chr(i) || chr(i) || 'yz' as a, left('ab' || chr(i) || chr(i) || chr(i), 6) as b,
    to_json('é' || chr(i) || chr(i) || '"') as c, convert_to(repeat(chr(i), 3), 'UTF8') as d
from (select generate_series(1, 260) union all select generate_series(2040, 2060) union all select generate_series(8220, 8240)
    union all select generate_series(55290, 55295) union all select generate_series(57344, 57350) union all select generate_series(65270, 65290)
    union all select generate_series(65530, 65545) union all select generate_series(128510, 128520) union all select 1114111) as chars(i);
-- @stream
insert into cut select * from characters;
insert into cut_more select * from characters;
insert into hashed select * from characters;
insert into hashed_v2 select * from characters;
