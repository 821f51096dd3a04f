-- Other names for everything, a routing pattern with groups.
-- runs: outbox_custom

create table events(
    number bigserial primary key, stream text not null, customer numeric, body text, happened timestamp(3) not null,
    tracingspancontext text);
-- @stream
insert into events(stream, customer, body, happened) values
    ('new_order', 42, 'one', '2020-02-03 04:05:06.789'),
    ('old_order', 42.50, 'two', '1975-02-03 04:05:06'),
    ('new_', 1, '', '2020-02-03 04:05:07'),
    ('new_order', null, '   ', '2020-02-03 04:05:08'),
    ('new_order', 2, null, '2020-02-03 04:05:09');
insert into events(stream, customer, body, happened, tracingspancontext) values ('new_a_b', 3, 'traced', '2020-02-03', 'traceparent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
