-- Whom a task reaches, by the page's proof.
UPDATE task_words
SET recipient_id = :recipient_id
WHERE task_seq = :task_seq
