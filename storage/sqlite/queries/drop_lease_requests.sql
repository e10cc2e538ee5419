-- Forget who waits for accounts, because the clock was set; whoever still does asks again.
DELETE FROM lease_requests
