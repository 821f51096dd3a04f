-- bit strings: the lowest byte first, without leading zeros; a single bit is a boolean.
-- runs: default, strings, isostring

create table bits(id int primary key, b1 bit, b3 bit(3), b8 bit(8), b24 bit(24), b64 bit(64), v varbit, v1 varbit(1), v10 varbit(10));
insert into bits values (1, B'1', B'101', B'00000001', B'000000110000001000000001', B'1'::bit(64), B'10101', B'1', B'1111');
insert into bits(id) values (2);
create table required(id int primary key, b1 bit not null, b3 bit(3) not null, v varbit not null, v1 varbit(1) not null);
insert into required values (1, B'1', B'101', B'11', B'1');
create table defaulted(id int primary key, b1 bit default B'1', b1z bit default B'0', b3 bit(3) default B'101', b16 bit(16) default B'0000000100000010',
  v varbit default B'0101', v1 varbit(1) default B'1', v8 varbit(8) default '11', ve varbit default '',
  bf bit(4) default set_bit(B'0000', 1, 1), vn varbit default null);
create domain flags as bit(4);
create table domains(id int primary key, f flags, n flags not null);
insert into domains values (1, B'0101', B'1000');
create table many(id int primary key, b bit[], b1 bit(1)[], b3 bit(3)[], v varbit[], v8 varbit(8)[]);
insert into many values (1, '{1}', '{1}', '{101}', '{101}', '{101}');
-- @stream
insert into bits(id, b1, b3, b8) values (10, B'0', B'000', B'10000000'), (11, null, B'100', B'11111111');
insert into bits(id, b24, b64) values (20, B'000000000000000000000000', B'0'::bit(64)), (21, B'000000000000000100000000', ~B'0'::bit(64)),
  (22, B'100000000000000000000000', B'0000000000000000000000000000000000000000000000000000000100000000');
insert into bits(id, v, v1, v10) values (30, '', '', ''), (31, B'0', B'0', B'0000000000'), (32, repeat('10', 500)::varbit, B'1', B'1000000001'),
  (33, B'1000000000000000000000000000000000000000000000000000000000000000000000001', null, B'0000000001');
insert into defaulted(id) values (1);
update defaulted set b1 = null, b3 = null, v = null;
update bits set b3 = B'011' where id = 1;
insert into domains values (2, B'0000', B'0000');
insert into many values (2, '{}', '{}', '{}', '{}', '{}'), (3, '{1,0,null}', '{null}', '{101,010}', '{1}', null);
delete from required;
delete from domains;
delete from many;
