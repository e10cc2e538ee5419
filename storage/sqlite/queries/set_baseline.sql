-- Replace a submitting task's baseline by one that has more in it.
UPDATE tasks
SET baseline = :baseline
WHERE seq = :task_seq AND status = 'submitting'
