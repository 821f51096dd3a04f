-- uuid is lower case; json and jsonb are the server's text, untouched.
-- runs: default, plain

create table documents(id uuid primary key, u uuid, j json, b jsonb);
insert into documents values ('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', null, '{"a": 1}', '{"b":2,"a":[1,null,"x"]}');
-- @stream
insert into documents values
  ('00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'null', 'null'),
  ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12', null, ' { "dup" : 1, "dup":2 }', '{"dup":1,"dup":2}'),
  ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a13', null, '"text \" \u00e4 \ud83d\ude00"', '"text \" \u00e4 \ud83d\ude00"'),
  ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a14', null, E'[1,\n\t2]', '1.10'),
  ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a15', null, null, '{"n":1e400,"t":true,"deep":{"er":[[],{}]}}');
update documents set u = id where id <> '00000000-0000-0000-0000-000000000000';
delete from documents;
