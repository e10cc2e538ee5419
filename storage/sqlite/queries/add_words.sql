-- What a task is to say, and for how long a success would stand for it; no time: as often as asked.
INSERT INTO task_words (task_seq, words_digest, guarded_for, guarded_while_owed)
VALUES (:task_seq, :words_digest, :window, :window_while_owed)
