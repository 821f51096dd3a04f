-- What a consumer should have found, said in SQL: more than 1,000 within a minute by one card, or
-- two countries within ten minutes.
CREATE VIEW alerts AS
SELECT p.id AS payment, 'amount' AS rule
FROM payments AS p
WHERE (SELECT sum(amount) FROM payments AS earlier
       WHERE earlier.card = p.card AND earlier.id <= p.id
         AND earlier.paid_at > p.paid_at - interval '1 minute') > 1000
UNION ALL
SELECT p.id, 'country'
FROM payments AS p
WHERE EXISTS (SELECT FROM payments AS earlier
              WHERE earlier.card = p.card AND earlier.id < p.id AND earlier.country <> p.country
                AND earlier.paid_at > p.paid_at - interval '10 minutes');
