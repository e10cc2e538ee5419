-- What has found the elements of LinkedIn's pages.
SELECT *
FROM locator_uses
ORDER BY element, rank, candidate
