-- What a customer sees: every scan, and the shipment as its last one left it.
CREATE TABLE scans (
    shipment text,
    scan integer,
    status text NOT NULL,
    place text NOT NULL,
    PRIMARY KEY (shipment, scan)
);
CREATE VIEW shipments AS
SELECT DISTINCT ON (shipment)
       shipment AS id, status, place, (count(*) OVER (PARTITION BY shipment))::integer AS scans
FROM scans
ORDER BY shipment, scan DESC;
