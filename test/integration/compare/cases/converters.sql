-- Decimals, nulls and keys in headers, as the converters are told.
-- runs: numeric_decimals, numeric_values, kept_nulls, json_headers

create table decimals(n numeric(20,8) primary key, d numeric(6,2) default 1.5, m money, v numeric, big numeric(60,3), small numeric(12,10) default 0.0000000012, a numeric(6,2)[]);
create table keys(n numeric(8,7), s text, d date, b bytea, primary key (s, n, d, b));
create table loose(a numeric(4,1) default 2.5, b text default 'x', c int not null default 7, d timestamptz default now());
create unique index loose_key on loose(a, b);
alter table loose replica identity full;
insert into decimals values (0.00000001, -1.5, 12.34, 1e-10, 123456789012345678901234567890.5, 0, '{1.5,NULL,0}');
insert into loose values (null, null, 1, null);
-- @stream
insert into decimals values (0, 0, 0, 0, 0, null, null), (-12345.678, null, null, null, -1, 1, '{}'), (1e-7, 'NaN', null, 'NaN', null, 1e-10, null);
update decimals set d = 2 where n = 0;
delete from decimals where n = 0;
insert into keys values (0.0000001, 'ü"\', '2024-01-31', '\x01ff');
update keys set n = 1.5 where s like 'ü%';
update keys set d = '1969-12-31', b = '';
delete from keys;
insert into loose values (1, 'y', 2, now()), (null, 'z', 3, null);
update loose set b = null where c = 2;
update loose set a = null where c = 2;
delete from loose where c = 3;
create table later(id int primary key, v text default 'w', n int);
insert into later(id) values (1);
insert into later values (2, null, null);
