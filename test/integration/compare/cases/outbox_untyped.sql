-- An empty array alone has no schema at all.
-- runs: outbox_expand

create table events(
    id int primary key, aggregatetype text not null, aggregateid text not null, type text not null, payload json);
-- @stream
insert into events values (1, 'outbox_untyped.doc', 'k', 't', '[]'), (2, 'outbox_untyped.doc', 'k', 't', ' []');
