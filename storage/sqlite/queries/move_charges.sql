-- Charges are as long ago as they were.
UPDATE charges
SET at = at + :moved_by
