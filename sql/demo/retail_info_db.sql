-- Database retail_info_db: the same payments as the shops see them.
-- The replica identity stays DEFAULT: an update carries no image of the row before it.
CREATE TABLE IF NOT EXISTS retail_transaction_info (
    id             serial PRIMARY KEY,
    transaction_id text           NOT NULL UNIQUE,
    user_name      text           NOT NULL,
    "timestamp"    timestamp      NOT NULL,
    amount         numeric(12, 2) NOT NULL,
    currency       varchar(3)     NOT NULL,
    city           text           NOT NULL,
    country        text           NOT NULL,
    merchant       text           NOT NULL,
    payment_method text           NOT NULL,
    ip_address     text           NOT NULL,
    voucher        text,
    affiliate      text,
    items          smallint       NOT NULL,
    is_gift        boolean        NOT NULL
);
