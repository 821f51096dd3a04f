-- Database financial_db: what card payments look like to the bank.
-- REPLICA IDENTITY FULL: an event carries the whole row before the change.
CREATE TABLE IF NOT EXISTS transactions (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transaction_id uuid           NOT NULL UNIQUE,
    user_name      text           NOT NULL,
    "timestamp"    timestamptz    NOT NULL,
    amount         numeric(12, 2) NOT NULL,
    currency       varchar(3)     NOT NULL,
    city           text           NOT NULL,
    country        text           NOT NULL,
    merchant       text           NOT NULL,
    payment_method text           NOT NULL,
    ip_address     inet           NOT NULL,
    voucher        text,
    affiliate      uuid,
    details        jsonb
);

ALTER TABLE transactions REPLICA IDENTITY FULL;
