-- What single deliveries became is kept for some months after the last broadcast of its cut ended; the ledgers stay.
-- A node takes a cut before it detaches and drops its tables; one that dies over it leaves it to be taken a day later.
ALTER TABLE engine.cut ADD COLUMN leaving_since timestamptz;

-- How large the last of a kind was says whether the next gets a cut of its own.
CREATE INDEX broadcast_of_kind ON engine.broadcast (kind, channel, id) WHERE lane <> 1;
